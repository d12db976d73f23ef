# rule_broken forbidden_statement
def style_forbidden_statement(x):
    total = 0.0
    for each in x:
        total = total + each
    return total
