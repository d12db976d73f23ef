# wrong_answer value
def in_uint8(x):
    return -x
