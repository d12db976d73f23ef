import numpy as np

# No case is square: rows taken for columns would have the shape of a right answer there.


def public():
    return {
        "three_columns": (np.array([[3.0, 0.0, 1.0], [4.0, -2.0, 1.0]], np.float32),),
        "one_column": (np.array([[2.0], [-1.0], [2.0]], np.float32),),
    }


def hidden(rng):
    def columns(length, count, scale=1.0):
        # Away from 0, so that no column is all zeros.
        signs = rng.choice([-1.0, 1.0], (length, count))
        return (scale * signs * rng.uniform(0.1, 2.0, (length, count))).astype(np.float32)

    # Cases that are there for their numbers share a shape, and so a program.
    sparse = columns(7, 8)
    sparse[1:] *= rng.random((6, 8)) < 0.4
    return {
        "one_row": (columns(1, 6),),
        "one_long_column": (columns(300, 1),),
        "tall": (columns(9, 4),),
        "mostly_zeros": (sparse,),
        "small_numbers": (columns(7, 8, scale=1e-5),),
        "scales_differ": (columns(7, 8) * np.logspace(-4, 8, 8, dtype=np.float32),),
        "many_columns": (columns(3, 150),),
    }
