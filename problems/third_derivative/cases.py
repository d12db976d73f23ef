import numpy as np


def public():
    return {
        "swing": (np.array([0.0, 0.5, 1.0], np.float32), np.float32(0.5), np.float32(2.0)),
        # Nothing swings: exp(-t) three times differentiated is -exp(-t).
        "decay": (np.array([0.0, 1.0], np.float32), np.float32(1.0), np.float32(0.0)),
    }


def hidden(rng):
    def case(count, damping, frequency, low=0.0, high=4.0):
        times = rng.uniform(low, high, count).astype(np.float32)
        return times, np.float32(rng.uniform(*damping)), np.float32(rng.uniform(*frequency))

    # Ten times wherever the numbers are the point: cases of one size share a program.
    return {
        "one_time": case(1, (0.2, 0.8), (1.0, 3.0)),
        "seven_times": case(7, (0.2, 0.8), (1.0, 3.0)),
        "no_damping": case(10, (0.0, 0.0), (1.0, 3.0)),
        "no_swing": case(10, (0.5, 2.0), (0.0, 0.0)),
        "before_zero": case(10, (0.2, 0.5), (1.0, 3.0), -3.0, -0.5),
        "damping_below_zero": case(10, (-0.4, -0.2), (1.0, 2.0)),
        "ninety_times": case(90, (0.2, 0.8), (2.0, 4.0)),
    }
