def in_int16(x):
    return x // 3
