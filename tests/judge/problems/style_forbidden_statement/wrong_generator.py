# rule_broken forbidden_statement
def style_forbidden_statement(x):
    return sum(each for each in x)
