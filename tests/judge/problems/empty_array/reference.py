def empty_array(x):
    return 2 * x, x.sum()
