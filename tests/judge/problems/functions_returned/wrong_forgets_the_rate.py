# wrong_answer value
def make_step(rate):
    def step(x):
        return x - 2 * x

    return step
