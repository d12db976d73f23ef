def in_int64(x):
    return x @ x
