# verdicts: memory_limit, runtime_error
# An exception that takes the memory only when somebody asks for its text.
class Heavy(Exception):
    def __str__(self):
        return "x" * (4 << 30)


def solve(x, y):
    raise Heavy
