def tiny_values(x):
    return 1e-8 * x
