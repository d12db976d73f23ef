# failures: output
# A dict that has always one case more.
class Endless(dict):
    def __len__(self):
        return 1

    def items(self):
        number = 0
        while True:
            number += 1
            yield f"case {number % 7}", ()


def public():
    return Endless(a=1)


def hidden(rng):
    return Endless(a=1)
