# rule_broken required_statement
def style_required_statement(x):
    return x + 1
