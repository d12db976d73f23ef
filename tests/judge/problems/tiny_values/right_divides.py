def tiny_values(x):
    return x / 1e8
