import numpy as np

# Only the one-by-one case is square: the transposed mistake would have the shape of a right answer in others.


def public():
    return {
        "two_rows": (
            np.array([[1.0, 2.0, 0.0], [-1.0, 0.5, 3.0]], np.float32),
            np.array([[1.0, 2.0], [0.0, 4.0], [2.0, -1.0]], np.float32),
        ),
        "row_times_column": (np.array([[1.0, 2.0]], np.float32), np.array([[3.0], [4.0]], np.float32)),
        "column_times_row": (np.arange(60.0, dtype=np.float32)[:, None], np.full((1, 60), 0.5, np.float32)),
    }


def hidden(rng):
    def pair(n, m, scale=1.0, sign=1.0):
        """Matrices for which three terms of four have the sign that is given."""
        a = rng.normal(size=(n, m))
        agree = rng.choice([-1.0, 1.0], size=(n, m), p=[0.25, 0.75])
        b = (sign * agree * np.sign(a) * rng.uniform(0.5, 1.5, size=(n, m))).T
        return (scale * a).astype(np.float32), b.astype(np.float32)

    return {
        "numbers": pair(1, 1),
        "many_rows": pair(80, 50),
        "many_columns": pair(70, 300),
        "negative": pair(60, 90, sign=-1.0),
        "small_numbers": pair(60, 90, scale=1e-4),
        "large_numbers": pair(80, 50, scale=1e6),
    }
