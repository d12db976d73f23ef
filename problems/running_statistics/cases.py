import numpy as np


def describe(rows):
    """The state after these rows."""
    rows = rows.astype(np.float64)
    if not len(rows):
        return {
            "count": np.int32(0),
            "mean": np.zeros(rows.shape[1], np.float32),
            "m2": np.zeros(rows.shape[1], np.float32),
        }
    mean = rows.mean(axis=0)
    m2 = ((rows - mean) ** 2).sum(axis=0)
    return {"count": np.int32(len(rows)), "mean": mean.astype(np.float32), "m2": m2.astype(np.float32)}


def public():
    def rows(*values):
        return np.array(values, np.float32)

    nothing = np.zeros((0, 2), np.float32)
    return {
        "first_rows": (describe(nothing), rows([1.0, 0.0], [3.0, 0.0], [2.0, 6.0])),
        "one_more_row": (describe(rows([1.0, 10.0], [3.0, 10.0])), rows([5.0, 10.0])),
        "nothing_at_all": (describe(nothing), nothing),
    }


def hidden(rng):
    def rows(count, columns, around=0.0, scale=1.0):
        return (around + scale * rng.normal(size=(count, columns))).astype(np.float32)

    long_stream = {
        "count": np.int32(rng.integers(3_000_000, 4_000_000)),
        "mean": rng.uniform(1.0, 2.0, 2).astype(np.float32),
        "m2": rng.uniform(3e6, 4e6, 2).astype(np.float32),
    }
    # Counts may differ within a program: it is the sizes of batches that cases share where they can.
    return {
        "first_batch": (describe(rows(0, 4)), rows(6, 4, around=2.0)),
        "first_batch_far_from_zero": (describe(rows(0, 3)), rows(32, 3, around=300.0)),
        "one_column": (describe(rows(9, 1)), rows(4, 1)),
        "one_row_each": (describe(rows(1, 5)), rows(1, 5, around=1.0)),
        "sizes_differ": (describe(rows(40, 4)), rows(6, 4, around=-2.0)),
        "empty_batch": (describe(rows(10, 3)), rows(0, 3)),
        "means_differ": (describe(rows(20, 3, around=-5.0)), rows(32, 3, around=5.0)),
        "far_from_zero": (describe(rows(25, 3, around=300.0)), rows(32, 3, around=301.0)),
        "long_stream": (long_stream, rows(900, 2, around=8.0)),
    }
