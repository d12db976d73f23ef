# rule_broken forbidden_operation
def without_dot_general(x):
    return x @ x
