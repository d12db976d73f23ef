import numpy as np

# T and D differ in every case. That a program grows with T shows between 64 and 128; longer ones would only take longer to
# compile.


def public():
    return {
        "four_steps": (
            np.array([[0.5, 1.0], [0.5, 0.0], [0.5, -1.0], [2.0, 1.0]], np.float32),
            np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0], [1.0, 4.0]], np.float32),
            np.array([8.0, 10.0], np.float32),
        ),
    }


def hidden(rng):
    def problem(steps, width, low, high):
        a = rng.uniform(low, high, (steps, width))
        b = rng.normal(size=(steps, width))
        return a.astype(np.float32), b.astype(np.float32), (3.0 * rng.normal(size=width)).astype(np.float32)

    a, b, start = problem(64, 2, 0.5, 1.0)
    a[7::11] = 0.0
    return {
        "one_step": problem(1, 3, -1.0, 1.0),
        "odd_length": problem(21, 4, -1.0, 1.0),
        "growing": problem(12, 7, 1.2, 1.8),
        "with_resets": (a, b, start),
        "long": problem(128, 3, -0.98, 0.98),
    }
