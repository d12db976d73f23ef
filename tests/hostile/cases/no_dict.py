# failures: exception
# Something else than cases.
def public():
    return [1, 2, 3]


def hidden(rng):
    return iter(())
