def integer_keys(x):
    return {0: x, 1: (2 * x, "twice")}
