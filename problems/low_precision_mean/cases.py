import ml_dtypes
import numpy as np

# No case is square: a mean along the wrong axis would have the shape of a right answer there.


def public():
    return {
        "stops_growing": (np.array([[256, 1, 1, 1], [1, 2, 3, 4], [-0.5, 0.5, 2, 0.25]], ml_dtypes.bfloat16),),
        "long_row": (np.full((1, 300), 1.5, ml_dtypes.bfloat16),),
    }


def hidden(rng):
    def rows(count, length, low=0.5, high=4.0):
        return rng.uniform(low, high, (count, length)).astype(ml_dtypes.bfloat16)

    around_zero = rows(5, 71, -1.0, 1.0)
    around_zero[3] = 0
    return {
        "one_column": (rows(6, 1),),
        "pairs": (rows(9, 2),),
        "one_row": (rows(1, 40),),
        # Four ranges of numbers share a shape, and so a program.
        "around_zero": (around_zero,),
        "below_zero": (rows(5, 71, -300.0, -100.0),),
        "large_numbers": (rows(5, 71, 2e5, 1e6),),
        "small_numbers": (rows(5, 71, 1e-3, 2e-3),),
        "long_rows": (rows(2, 3000),),
    }
