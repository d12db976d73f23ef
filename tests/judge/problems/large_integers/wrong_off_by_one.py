# wrong_answer value
def large_integers(x):
    return 2 * x + (x > 10**6)
