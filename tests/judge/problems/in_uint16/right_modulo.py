def in_uint16(x):
    return x % 256 * 256 + x // 256
