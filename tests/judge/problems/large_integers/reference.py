def large_integers(x):
    return 2 * x
