# verdicts: wrong_answer
# A subclass of list that has other contents each time it is read.
class Sly(list):
    def __iter__(self):
        raise SystemExit(0)

    def __len__(self):
        return -1


def solve(x, y):
    return Sly([x, y])
