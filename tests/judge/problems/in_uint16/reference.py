def in_uint16(x):
    return (x << 8) | (x >> 8)
