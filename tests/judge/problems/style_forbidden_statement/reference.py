def style_forbidden_statement(x):
    return x.sum()
