import numpy as np


def public():
    return {
        "four_errors": (
            np.array([1.0, 2.0, 0.0, 5.0], np.float32),
            np.array([0.5, 4.0, 3.0, 5.0], np.float32),
            np.float32(1.0),
        ),
        "outlier": (np.array([2.0, -1e25], np.float32), np.array([0.0, 0.0], np.float32), np.float32(4.0)),
    }


def hidden(rng):
    def case(size, spread, delta):
        targets = rng.normal(size=size)
        predictions = targets + spread * rng.normal(size=size)
        return predictions.astype(np.float32), targets.astype(np.float32), np.float32(delta * rng.uniform(0.7, 1.3))

    error = rng.choice([-1.0, 1.0], 11) * rng.choice([0.5, 1.0, 1.5], 11)
    targets = rng.integers(-4, 5, 11)
    outliers = case(11, 1.0, 1.0)
    outliers[0][::3] = rng.choice([-1.0, 1.0], 4) * rng.uniform(1e22, 1e25, 4)
    return {
        "one_error": case(1, 1.0, 1.0),
        "all_small": case(11, 0.1, 5.0),
        "all_large": case(11, 100.0, 0.01),
        "both_kinds": case(33, 1.0, 1.0),
        "at_the_limit": ((targets + error).astype(np.float32), targets.astype(np.float32), np.float32(1.0)),
        "some_outliers": outliers,
        "thousand_errors": case(1000, 3.0, 2.0),
    }
