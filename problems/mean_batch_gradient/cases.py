import numpy as np


def public():
    return {
        "four_points": (
            (np.float32(2.0), np.float32(1.0)),
            np.array([0.0, 1.0, 2.0, 3.0], np.float32),
            np.array([0.0, 4.0, 4.0, 5.0], np.float32),
        ),
        "falling_line": (
            (np.float32(-1.0), np.float32(0.5)),
            np.array([-2.0, 0.5, 4.0], np.float32),
            np.array([1.0, 1.0, -1.0], np.float32),
        ),
    }


def hidden(rng):
    def batch(size, w, b, low, high):
        # The points scatter around another line than the one of the parameters: before training, the gradient is far
        # from zero, and the terms of the mean do not cancel.
        w = np.float32(w * rng.uniform(0.7, 1.3))
        b = np.float32(b * rng.uniform(0.7, 1.3))
        x = rng.uniform(low, high, size)
        y = (w - 1.0) * x + b - 2.0 + rng.normal(scale=0.3, size=size)
        return (w, b), x.astype(np.float32), y.astype(np.float32)

    # Whole numbers, so that every error is exactly 0.
    line = rng.integers(-9, 9, 34).astype(np.float32)
    return {
        "one_point": batch(1, 2.0, 1.0, 0.5, 2.0),
        "eleven_points": batch(11, 2.0, -1.0, -3.0, 3.0),
        "weight_below_zero": batch(34, -1.5, 1.0, -3.0, 3.0),
        "inputs_below_zero": batch(34, 1.0, 2.0, -4.0, -3.0),
        "inputs_zero": batch(34, 1.0, 2.0, 0.0, 0.0),
        "perfect_fit": ((np.float32(2.0), np.float32(-1.0)), line, 2 * line - 1),
        "wide_inputs": batch(34, 2.0, 1.0, -100.0, 100.0),
        "thousand_points": batch(1000, 2.0, 1.0, -3.0, 3.0),
    }
