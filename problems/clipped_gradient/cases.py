import numpy as np


def public():
    x = np.array([5.0, -0.5, 0.0, -8.0], np.float32)
    return {
        "clipped_gradient": {"four_numbers": (x, np.float32(1.0))},
        "pull_back": {
            "four_numbers": (x, np.float32(1.0), np.array([0.5, -3.0, 2.0, -0.25], np.float32)),
            "infinite": (x[:3], np.float32(2.5), np.array([np.inf, -np.inf, 1.0], np.float32)),
        },
    }


def hidden(rng):
    def numbers(size, scale=1.0):
        return (scale * rng.normal(size=size)).astype(np.float32)

    def limit(low, high):
        return np.float32(rng.uniform(low, high))

    # Four ways to clip share one size, and so one program.
    exploded = numbers(11, 1e30)
    exploded[::4] = np.inf
    exploded[1::4] = -np.inf
    return {
        "clipped_gradient": {
            "one_number": (numbers(1, 4.0), limit(0.1, 1.0)),
            "far_beyond_the_limit": (numbers(11, 1e6), limit(0.1, 1.0)),
        },
        "pull_back": {
            "one_number": (numbers(1), limit(0.1, 0.5), numbers(1, 3.0)),
            "nothing_to_clip": (numbers(11), limit(5.0, 9.0), rng.uniform(-1.0, 1.0, 11).astype(np.float32)),
            "everything_clipped": (numbers(11), limit(0.01, 0.1), (3.0 + numbers(11, 0.2)) * np.float32(-1.0)),
            "some_clipped": (numbers(33, 5.0), limit(0.5, 1.0), numbers(33)),
            "limit_zero": (numbers(11), np.float32(0.0), np.append(numbers(10), np.float32(0.0))),
            "exploded": (numbers(11), limit(1.0, 2.0), exploded),
        },
    }
