def make_step(rate):
    def step(x):
        return x - rate * 2 * x

    return step
