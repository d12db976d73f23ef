# wrong_answer tree
class Lazy:
    def __init__(self, compute):
        self.compute = compute

    def __array__(self, *_):
        return self.compute()


def cheats(w, x):
    return Lazy(lambda: w * x[:, None])
