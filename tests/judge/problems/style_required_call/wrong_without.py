# rule_broken required_call
def style_required_call(x):
    return x * x
