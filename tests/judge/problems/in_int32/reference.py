def in_int32(x):
    return x // 7
