import numpy as np


def public():
    return {
        "four_terms": (np.array([0.0, 1.0, -2.0, 3.0], np.float32), 4),
        "one_term": (np.array([1.0, 2.0], np.float32), 1),
        "no_terms": (np.array([1.0, -1.0, 5.0], np.float32), 0),
    }


def hidden(rng):
    def numbers(size, low, high):
        return rng.uniform(low, high, size).astype(np.float32)

    return {
        "one_number": (numbers(1, 0.5, 2.0), 5),
        "two_terms": (numbers(7, -3.0, 3.0), 2),
        "below_zero": (numbers(9, -3.0, -0.5), 12),
        # Two with as many numbers and terms, and so one program.
        "far_below_zero": (numbers(8, -80.0, -50.0), 3),
        "near_zero": (numbers(8, -0.1, 0.1), 3),
        "twenty_terms": (numbers(11, 1.0, 6.0), 20),
        "ninety_terms": (numbers(5, 20.0, 30.0), 90),
    }
