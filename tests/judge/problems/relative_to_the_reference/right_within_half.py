def relative_to_the_reference(x):
    return 1.4 * (10 + x)
