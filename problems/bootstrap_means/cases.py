import jax
import numpy as np

# N, D and the number of resamples differ in every case.


def public():
    table = np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0], [10.0, 100.0]], np.float32)
    return {"four_rows": (jax.random.key(0), table, 3)}


def hidden(rng):
    def rows(count, width, around=0.0):
        # The columns of one row belong together: they are a common number, each with a little of its own.
        common = rng.normal(size=(count, 1))
        return (around + common + 0.3 * rng.normal(size=(count, width))).astype(np.float32)

    def key():
        return jax.random.key(int(rng.integers(2**31)))

    return {
        "five_rows": (key(), rows(5, 3), 6),
        "one_column_one_resample": (key(), rows(12, 1, around=50.0), 1),
        "one_row": (key(), rows(1, 4), 2),
    }
