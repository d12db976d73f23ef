import numpy as np


def public():
    return {
        "three_four": (np.array([3.0, -4.0], np.float32),),
        "zero_vector": (np.zeros(3, np.float32),),
    }


def hidden(rng):
    def vector(size, scale=1.0):
        # No entry is much smaller than another: entries of the gradient are judged by their own size.
        entries = rng.uniform(0.2, 1.0, size) * rng.choice([-1.0, 1.0], size)
        return (scale * entries).astype(np.float32)

    some_zero = vector(12)
    some_zero[::3] = 0.0
    entries_cancel = vector(5)
    entries_cancel[1], entries_cancel[3:] = -entries_cancel[0], (-entries_cancel[2], 0.0)
    none_above_zero = -np.abs(vector(5))
    none_above_zero[1] = 0.0
    # Six of the cases have five entries: those of one size share their programs.
    return {
        "one_negative": (-np.abs(vector(1)),),
        "five_entries": (vector(5),),
        "five_zeros": (np.zeros(5, np.float32),),
        "some_entries_zero": (some_zero,),
        "entries_cancel": (entries_cancel,),
        "none_above_zero": (none_above_zero,),
        "tiny_entries": (vector(5, 5e-7),),
        "large_entries": (vector(5, 1e7),),
        "many_entries": (vector(300),),
    }
