import numpy as np


def public():
    return {
        "two_steps": (np.array([1.0, -2.0, 3.0], np.float32), np.float32(0.5), np.int32(2)),
        "many_steps": (np.array([1.0, -2.0, 0.25, 6.0], np.float32), np.float32(0.5), np.int32(30)),
        "no_step": (np.array([0.5, 2.0], np.float32), np.float32(0.25), np.int32(0)),
    }


def hidden(rng):
    def case(size, low, high, steps, largest=3.0):
        mean = rng.uniform(-largest, largest, size)
        return mean.astype(np.float32), np.float32(rng.uniform(low, high)), np.int32(steps)

    # Cases that are there for their values share one size, and so one program.
    middle_is_root = case(13, 0.2, 0.7, 3)
    middle_is_root[0][1::2] = 0.0
    return {
        "one_planet": case(1, 0.1, 0.5, 25),
        "one_step": case(13, 0.3, 0.7, 1),
        "five_steps": case(13, 0.3, 0.7, 5),
        "first_middle_is_root": middle_is_root,
        "circle": case(13, 0.0, 0.0, 10),
        "long_ellipse": case(13, 0.7, 0.8, 40),
        "hundred_planets": case(100, 0.05, 0.5, 20, largest=6.0),
    }
