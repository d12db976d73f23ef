def in_uint8(x):
    return ~x
