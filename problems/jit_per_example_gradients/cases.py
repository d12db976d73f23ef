import numpy as np


def public():
    return {
        "three_points": (
            (np.float32(2.0), np.float32(1.0)),
            np.array([1.0, -2.0, 0.5], np.float32),
            np.array([4.0, -4.0, 0.0], np.float32),
        ),
        "one_point": (
            (np.float32(-1.0), np.float32(0.5)),
            np.array([3.0], np.float32),
            np.array([-2.0], np.float32),
        ),
    }


def hidden(rng):
    def batch(size, low=0.0, high=1.0):
        w, b = np.float32(rng.uniform(1.5, 2.5)), np.float32(rng.uniform(0.5, 1.5))
        x = rng.uniform(low, high, size)
        # Every point lies clearly above or below the line: an error near zero would be all rounding.
        error = rng.uniform(0.25, 1.0, size) * rng.choice([-1.0, 1.0], size)
        return (w, b), x.astype(np.float32), (w * x + b - error).astype(np.float32)

    return {
        "single": batch(1),
        "nineteen": batch(19, -1.0, 1.0),
        "inputs_zero": batch(19, 0.0, 0.0),
        "inputs_below_zero": batch(257, -3.0, 0.0),
        "hundred_thousand": batch(100_000),
    }
