def empty_array(x):
    return x + x, x @ (0 * x + 1)
