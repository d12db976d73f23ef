import numpy as np

# No case is square: what runs along the wrong axis would have the shape of a right answer there.


def public():
    return {
        "two_rows": (np.array([[0.0, 1.0, 2.0], [-1.0, 0.5, 0.5]], np.float32),),
        "large_scores": (np.array([[1000.0, 1001.0], [-999.0, -1000.0], [500.0, 500.0]], np.float32),),
        "ruled_out": (np.array([[0.0, -np.inf, 0.0]], np.float32),),
        "one_class": (np.array([[500.0], [-500.0], [0.0]], np.float32),),
    }


def hidden(rng):
    def scores(rows, classes, scale=1.0, around=0.0):
        return (around + scale * rng.normal(size=(rows, classes))).astype(np.float32)

    some_ruled_out = scores(8, 6, scale=3.0)
    some_ruled_out[np.arange(6), rng.permutation(6)] = -np.inf
    # Any number that stands for minus infinity is above these.
    ruled_out_below = scores(8, 6, scale=3e3, around=-1e10)
    ruled_out_below[np.arange(6), rng.permutation(6)] = -np.inf
    some_rows_equal = scores(8, 6)
    some_rows_equal[::2] = scores(4, 1, scale=300.0)
    # Rows at -980, -700, ... 980: one shift for all of them leaves zeros in most.
    rows_far_apart = scores(8, 6, scale=2.0) + np.linspace(-980, 980, 8, dtype=np.float32)[:, None]
    huge = (1e30 * rng.uniform(1.0, 2.0, (5, 1))).astype(np.float32)
    return {
        "one_row": (scores(1, 7),),
        "some_rows_equal": (some_rows_equal,),
        "far_above": (scores(5, 3, around=900.0),),
        "far_below": (scores(5, 3, around=-900.0),),
        "rows_far_apart": (rows_far_apart,),
        "wide_range": (scores(8, 6, scale=200.0),),
        "some_ruled_out": (some_ruled_out,),
        "ruled_out_and_far_below": (ruled_out_below,),
        "many_classes": (scores(3, 1000, scale=2.0),),
        "huge_and_equal": (np.concatenate([huge, -huge, huge], axis=1),),
    }
