import numpy as np


def public():
    return {
        "four_inputs": ((np.float32(2.0), np.float32(1.0)), np.array([0.0, 1.0, 2.0, 3.0], np.float32)),
        "falling_line": ((np.float32(-1.5), np.float32(4.0)), np.array([-2.0, 0.5, 8.0], np.float32)),
    }


def hidden(rng):
    def params(w, b):
        # Around the given line, so that every draw has another one.
        return np.float32(w * rng.uniform(0.5, 1.5)), np.float32(b * rng.uniform(0.5, 1.5))

    def batch(low, high, size):
        return rng.uniform(low, high, size).astype(np.float32)

    # Those that are there for their numbers share a size, and so a program.
    return {
        "one_input": (params(2.0, 1.0), batch(-1.0, 1.0, 1)),
        "nine_inputs": (params(2.0, -3.0), batch(-5.0, 5.0, 9)),
        "inputs_below_zero": (params(-0.5, 1.0), batch(-9.0, -1.0, 31)),
        "flat_line": ((np.float32(0.0), np.float32(rng.uniform(1.0, 2.0))), batch(-5.0, 5.0, 31)),
        "through_origin": ((np.float32(rng.uniform(1.0, 2.0)), np.float32(0.0)), batch(-5.0, 5.0, 31)),
        "large_numbers": (params(300.0, 5000.0), batch(100.0, 1000.0, 31)),
        "many_inputs": (params(2.0, 1.0), batch(-5.0, 5.0, 257)),
    }
