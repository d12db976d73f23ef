import numpy as np

LOWEST, HIGHEST = -(2**31), 2**31 - 1


def public():
    return {
        "repeated": (np.array([0, 10, 0, 0], np.int32), np.array([1, 3, 1, 1, 0], np.int32)),
        "no_label": (np.array([5, 5, 5], np.int32), np.array([-1, 2, 3, -3, 0, 100], np.int32)),
    }


def hidden(rng):
    def counts(size):
        return rng.integers(0, 1000, size).astype(np.int32)

    def labels(size, low, high):
        return rng.integers(low, high, size).astype(np.int32)

    def mixed(*some):
        return rng.permutation(np.array(some, np.int32))

    return {
        "one_bucket": (counts(1), labels(9, -2, 3)),
        "one_label": (counts(6), labels(1, 0, 6)),
        "few_labels": (counts(40), labels(7, 0, 40)),
        "around_the_ends": (counts(5), mixed(-6, -5, -4, -1, -1, 0, 1, 3, 4, 4, 5, 6, 10)),
        "none_counts": (counts(5), labels(13, -8, 0)),
        # Cut to 16 bits or to 8, many of them would be 0, 1 or 4.
        "extreme_labels": (
            counts(5),
            mixed(LOWEST, LOWEST + 1, LOWEST + 4, -(2**16), -256, 256, 2**16, *range(HIGHEST - 3, HIGHEST + 1), 2, 2),
        ),
        "no_labels": (counts(8), labels(0, 0, 1)),
        "many_labels": (counts(7), labels(1000, -3, 10)),
    }
