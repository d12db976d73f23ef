# failures: time
# always
# Loops for ever, in the second draw.
CALLS = []


def public():
    return {}


def hidden(rng):
    CALLS.append(rng)
    while len(CALLS) > 1:
        pass
    return {}
