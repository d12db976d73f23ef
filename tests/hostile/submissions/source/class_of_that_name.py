# verdicts: compile_error
# A class, whose construction would be the call.
class solve:
    def __init__(self, x, y):
        pass
