# wrong_answer value
def relative_to_the_reference(x):
    return 1.9 * (10 + x)
