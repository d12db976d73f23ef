def limited_memory(x):
    return x + x.T
