import numpy as np

# T and D differ in every case: what runs along the wrong axis never has the result of a right answer.


def public():
    return {
        "four_steps": (
            np.array([[8.0, 0.0], [0.0, 4.0], [4.0, 4.0], [-2.0, 4.0]], np.float32),
            np.float32(0.5),
        ),
        "three_series": (np.array([[1.0, -1.0, 10.0], [2.0, -1.0, 20.0]], np.float32), np.float32(0.25)),
    }


def hidden(rng):
    def series(steps, width, scale=1.0, around=0.0):
        return (around + scale * rng.normal(size=(steps, width))).astype(np.float32)

    def factor(low, high):
        return np.float32(rng.uniform(low, high))

    # Two shapes for those that are there for their numbers: cases of one shape share a program.
    return {
        "one_step": (series(1, 3), factor(0.3, 0.7)),
        "one_series": (series(12, 1), factor(0.3, 0.7)),
        "no_memory": (series(9, 4), np.float32(1.0)),
        "no_news": (series(9, 4), np.float32(0.0)),
        "far_from_zero": (series(9, 4, around=1000.0), factor(0.1, 0.3)),
        "long_and_slow": (series(300, 4), factor(0.01, 0.03)),
        "long_and_quick": (series(300, 4), factor(0.85, 0.95)),
    }
