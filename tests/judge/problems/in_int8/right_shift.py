def in_int8(x):
    return x << 1
