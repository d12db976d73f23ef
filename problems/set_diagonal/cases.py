import numpy as np


def public():
    return {
        "wide": (
            np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]], np.float32),
            np.array([-1.0, 0.5], np.float32),
        ),
        "tall": (
            np.array([[np.inf, 3.0], [3.0, np.inf], [1.0, 4.0], [2.0, 2.0]], np.float32),
            np.array([0.0, 10.0], np.float32),
        ),
    }


def hidden(rng):
    def matrix(rows, columns, scale=1.0):
        return (scale * rng.normal(size=(rows, columns))).astype(np.float32)

    def values(size):
        return rng.uniform(-5.0, 5.0, size).astype(np.float32)

    infinite = matrix(6, 9)
    infinite[range(6), range(6)] = -np.inf
    return {
        "one_entry": (matrix(1, 1), values(1)),
        "one_row": (matrix(1, 6), values(1)),
        "one_column": (matrix(7, 1), values(1)),
        "square": (matrix(5, 5), values(5)),
        "very_tall": (matrix(19, 4), values(4)),
        # Differences to entries of this size swallow the new values.
        "large_entries": (matrix(6, 9, scale=1e9), values(6)),
        "infinite_before": (infinite, values(6)),
        "infinite_after": (matrix(6, 9), np.resize(np.array([np.inf, -np.inf], np.float32), 6)),
        "no_rows": (matrix(0, 3), values(0)),
    }
