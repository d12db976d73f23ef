# wrong_answer nonfinite
def empty_array(x):
    return 2 * x, x.mean() * x.shape[0]
