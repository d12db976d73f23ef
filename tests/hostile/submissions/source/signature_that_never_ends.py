# verdicts: time_limit, runtime_error, compile_error
# A callable that hangs when it is asked for its signature.
class Sly:
    @property
    def __signature__(self):
        while True:
            pass

    def __call__(self, x, y):
        return x


solve = Sly()
