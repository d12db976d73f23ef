def in_bool(x):
    return 0 < x
