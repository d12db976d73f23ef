import numpy as np

# No case is square: a sum along the wrong axis would have the shape of a right answer there.


def public():
    return {
        "three_rows": (
            np.array([[1.0, 2.0], [3.0, 4.0], [0.0, -1.0]], np.float32),
            np.array([[10.0, 1.0], [1.0, -1.0], [7.0, 2.0]], np.float32),
        ),
        "one_row": (np.array([[1.0, 2.0, 3.0]], np.float32), np.array([[1.0, 1.0, -1.0]], np.float32)),
    }


def hidden(rng):
    def pair(count, length):
        return tuple(rng.normal(size=(count, length)).astype(np.float32) for _ in range(2))

    def positive(count, length, scale):
        return tuple((scale * rng.uniform(0.5, 1.0, (count, length))).astype(np.float32) for _ in range(2))

    left, right = (rng.integers(-9, 10, (5, 12)).astype(np.float32) for _ in range(2))
    right[::2] = left[::2, ::-1] * np.repeat(np.array([1, -1], np.float32), 6)
    return {
        "one_column": pair(9, 1),
        "long_rows": pair(3, 200),
        "right_angles": (left, right),
        "large_numbers": positive(5, 12, 1e6),
        "small_numbers": positive(5, 12, 0.1),
        # Not a size that anybody would single out.
        "some_hundred_rows": pair(150, 6),
    }
