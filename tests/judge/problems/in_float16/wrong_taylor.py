# wrong_answer value
def in_float16(x):
    return x - x**3 / 6
