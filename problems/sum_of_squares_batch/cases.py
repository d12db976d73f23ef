import numpy as np

# No case is square: a sum along the wrong axis would have the shape of a right answer there.


def public():
    return {
        "four_rows": (np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0], [0.0, 1.0, 0.0]], np.float32),),
        "two_rows": (np.array([[1.0, -2.0, 2.0], [0.5, 0.0, -0.5]], np.float32),),
    }


def hidden(rng):
    def rows(count, length, scale=1.0):
        return (scale * rng.normal(size=(count, length))).astype(np.float32)

    # Cases that are there for their values share a shape, and so a program.
    with_zeros = rows(8, 11)
    with_zeros[::2] = 0.0
    return {
        "one_row": (rows(1, 7),),
        "one_column": (rows(9, 1),),
        "some_rows_zero": (with_zeros,),
        "small_numbers": (rows(8, 11, scale=0.005),),
        "large_numbers": (rows(8, 11, scale=1e8),),
        "long_rows": (rows(3, 2000),),
        # Not a size that anybody would single out: neither small nor the largest.
        "some_hundred_rows": (rows(150, 6),),
        "many_rows": (rows(1500, 4),),
    }
