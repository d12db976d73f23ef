# wrong_answer value
def in_float8_e5m2(x):
    return x
