# wrong_answer value
def in_bool(x):
    return x <= 0
