import numpy as np


def public():
    x = np.array([-2.0, 0.0, 0.5, 3.0], np.float32)
    return {
        "relu": (np.int32(0), x),
        "tanh": (np.int32(1), x),
        "sigmoid": (np.int32(2), x),
        "softsign": (np.int32(3), x),
        "index_too_large": (np.int32(7), x),
    }


def hidden(rng):
    def numbers(size, scale=1.0):
        return (scale * rng.normal(size=size)).astype(np.float32)

    # Two sizes besides 1: cases of one size share a program, whatever the index is.
    return {
        "relu_again": (np.int32(0), numbers(11)),
        "tanh_again": (np.int32(1), numbers(11)),
        "sigmoid_of_large": (np.int32(2), numbers(11, 100.0)),
        "softsign_of_one": (np.int32(3), numbers(1, 5.0)),
        "index_below_zero": (np.int32(-1), numbers(12)),
        "index_far_below": (np.int32(-1000), numbers(12)),
        "index_just_too_large": (np.int32(4), numbers(12)),
    }
