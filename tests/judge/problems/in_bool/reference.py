def in_bool(x):
    return x > 0
