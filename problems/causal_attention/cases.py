import numpy as np

# T, D and E differ within each case; D = 1, where the scale does not show, only where it is the point.
# Cases that are there for their values share a shape, and so a program.


def public():
    def array(values):
        return np.array(values, np.float32)

    return {
        "two_positions": (
            array([[1.0, -1.0], [2.0, 2.0]]),
            array([[1.0, 0.0], [0.0, 1.0]]),
            array([[1.0, 0.0, 10.0], [3.0, -2.0, 0.0]]),
        ),
        "three_positions": (
            array([[1.0, 0.0, 0.0, 0.0], [0.0, 2.0, 0.0, -2.0], [0.0, 0.0, 4.0, 0.0]]),
            array([[1.0, 1.0, 0.0, 0.0], [0.0, 1.0, 1.0, 0.0], [3.0, -1.0, 0.5, 0.0]]),
            array([[1.0, -1.0], [0.0, 4.0], [-2.0, 0.5]]),
        ),
    }


def hidden(rng):
    def sequence(length, size, width, scale=1.0):
        q, k, v = (rng.normal(size=(length, each)) for each in (size, size, width))
        return (scale * q).astype(np.float32), k.astype(np.float32), v.astype(np.float32)

    # Whole numbers and D = 16: scores in the hundreds that float32 holds exactly, so that their differences are exact.
    def whole(rows):
        return rng.integers(-12, 13, (rows, 16)).astype(np.float32)

    large = (4 * whole(9), whole(9), rng.normal(size=(9, 3)).astype(np.float32))
    # The first position may see one key, at -576; one that it must not see is at 576.
    large[0][0], large[1][0], large[1][5] = 24.0, -6.0, 6.0
    q, _, v = sequence(12, 8, 5)
    return {
        "one_position": sequence(1, 4, 3),
        "single_numbers": sequence(5, 1, 1),
        "ordinary": sequence(12, 8, 5),
        "values_longer_than_keys": sequence(6, 2, 9),
        "decided": sequence(12, 8, 5, scale=6.0),
        "keys_all_zero": (q, np.zeros_like(q), v),
        "scores_in_the_hundreds": large,
        "many_positions": sequence(100, 6, 2),
    }
