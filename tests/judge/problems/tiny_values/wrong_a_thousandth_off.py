# wrong_answer value
def tiny_values(x):
    return 1.001e-8 * x
