def limited_time(x):
    return x + 1
