import numpy as np


def public():
    return {
        "four_points": (
            (np.float32(2.0), np.float32(1.0)),
            np.array([0.0, 1.0, 2.0, 3.0], np.float32),
            np.array([0.0, 4.0, 5.0, 5.0], np.float32),
        ),
        "falling_line": (
            (np.float32(-1.0), np.float32(0.5)),
            np.array([-2.0, 0.5, 4.0], np.float32),
            np.array([1.0, 1.0, -1.0], np.float32),
        ),
    }


def hidden(rng):
    def batch(size, w, b, low, high):
        w = np.float32(w * rng.uniform(0.7, 1.3))
        b = np.float32(b * rng.uniform(0.7, 1.3))
        x = rng.uniform(low, high, size)
        # Every point lies clearly above or below the line: an error near zero would be all rounding.
        error = rng.uniform(0.5, 2.0, size) * rng.choice([-1.0, 1.0], size)
        return (w, b), x.astype(np.float32), (w * x + b - error).astype(np.float32)

    return {
        "one_point": batch(1, 2.0, 1.0, 0.5, 2.0),
        "eleven_points": batch(11, 2.0, -1.0, -3.0, 3.0),
        "weight_below_zero": batch(31, -1.5, 1.0, -3.0, 3.0),
        "inputs_below_zero": batch(31, 1.0, 2.0, -4.0, -1.0),
        "inputs_zero": batch(31, 1.0, 2.0, 0.0, 0.0),
        "wide_inputs": batch(31, 0.02, 1.0, -100.0, 100.0),
        "many_points": batch(257, 2.0, 1.0, -3.0, 3.0),
    }
