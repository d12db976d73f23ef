def large_integers(x):
    return x + x
