def eager_mask(x):
    return x[x > 0]
