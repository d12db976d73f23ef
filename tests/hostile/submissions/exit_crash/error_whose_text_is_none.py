# verdicts: runtime_error
# A text that is a subclass of str and lies about itself.
class Text(str):
    def __getitem__(self, index):
        return self

    def __len__(self):
        return -1

    def __contains__(self, part):
        raise KeyboardInterrupt


class Hostile(Exception):
    def __str__(self):
        return Text("x" * 10_000)


def solve(x, y):
    raise Hostile
