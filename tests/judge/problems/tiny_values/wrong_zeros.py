# wrong_answer value
def tiny_values(x):
    return 0 * x
