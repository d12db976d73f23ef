# wrong_answer value
def in_bfloat16(x):
    return x * x
