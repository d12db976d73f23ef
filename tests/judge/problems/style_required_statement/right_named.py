add = lambda v: v + 1


def style_required_statement(x):
    return add(x)
