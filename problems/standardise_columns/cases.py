import numpy as np

# No case is square: statistics of the rows would broadcast there.


def public():
    return {
        "rooms_and_prices": (np.array([[2.0, 100.0], [3.0, 250.0], [3.0, 400.0], [4.0, 250.0]], np.float32),),
        "one_row": (np.array([[4.0, 0.1, -3.0]], np.float32),),
        # The second column is constant, and its mean is not quite 0.1 in float32.
        "constant_columns": (np.array([[x, 0.1, 2.0] for x in (1.0, -1.0, 0.0, 3.0, 0.5, 0.0, 1.5)], np.float32),),
    }


def hidden(rng):
    def table(rows, columns, scale=1.0, around=0.0):
        # The mean is at most three standard deviations away from 0, or two-pass and one-pass formulas would differ.
        return (scale * (around + rng.normal(size=(rows, columns)))).astype(np.float32)

    # Cases that are there for their values share two shapes, and so two programs.
    constant = table(31, 9)
    constant[:, 1:7] = rng.uniform(0.05, 0.95, 6)
    constant[-1, 7] = constant[0, 7]  # it begins and ends alike, and is not constant
    return {
        "one_column": (table(9, 1),),
        "two_rows": (table(2, 5),),
        "around_three": (table(31, 9, around=3.0),),
        "below_zero": (table(31, 9, scale=20.0, around=-3.0),),
        "small_numbers": (table(40, 3, scale=1e-7),),
        "scales_differ": (table(40, 3) * np.array([1e-3, 1.0, 1e7], np.float32),),
        "constant_among_others": (constant,),
    }
