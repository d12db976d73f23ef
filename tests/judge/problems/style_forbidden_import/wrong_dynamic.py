# rule_broken forbidden_import
np = __import__("numpy")


def style_forbidden_import(x):
    return x + np.arange(x.size)
