import numpy as np

# K and N differ in every case, and no polynomial is a palindrome.


def public():
    return {
        "cubic": (np.array([2.0, -3.0, 0.0, 1.0], np.float32), np.array([0.0, 1.0, 2.0, -1.0, 0.5], np.float32)),
        "constant": (np.array([7.0], np.float32), np.array([-3.0, 0.0, 4.0], np.float32)),
    }


def hidden(rng):
    def coefficients(count, scale=1.0):
        return (scale * rng.normal(size=count)).astype(np.float32)

    def points(count, low, high):
        return rng.uniform(low, high, count).astype(np.float32)

    # Cases that are there for their numbers share their sizes with another one, and so its program.
    padded = coefficients(90)
    padded[:86] = 0.0
    # Powers of the points overflow, and every term is moderate. All are positive, so that none cancel.
    tiny = np.zeros(90, np.float32)
    tiny[59:] = rng.uniform(0.5, 2.0, 31) * 10.0 ** np.arange(-30, 1)
    return {
        "one_point": (coefficients(6), points(1, -1.5, 1.5)),
        "straight_line": (coefficients(2, scale=10.0), points(7, -5.0, 5.0)),
        "at_zero": (coefficients(7), np.zeros(5, np.float32)),
        "leading_zeros": (padded, points(11, 10.0, 30.0)),
        "tiny_coefficients": (tiny, points(11, 20.0, 30.0)),
        "large_points": (np.abs(coefficients(7)) + np.float32(0.5), points(5, 20.0, 60.0)),
        "ninety_coefficients": (coefficients(90), points(11, -0.95, 0.95)),
        "three_hundred_coefficients": (coefficients(300), points(4, -0.95, 0.95)),
    }
