def eager_string(x):
    return ("down", "up")[int(x[-1] - x[0] > 0)]
