# runtime_error
def make_step(rate):
    return 1 - 2 * rate
