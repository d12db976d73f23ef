def relative_to_the_reference(x):
    return 10 + x
