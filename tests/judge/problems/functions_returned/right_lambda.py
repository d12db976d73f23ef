def make_step(rate):
    return lambda x: x * (1 - 2 * rate)
