def eager_string(x):
    return "up" if x[-1] > x[0] else "down"
