# wrong_answer value
class Function:
    __signature__ = None

    def __call__(self, *given):
        return given[0]


cheats = Function()
