import numpy as np


def public():
    return {
        "four_numbers": (np.array([0.2, 1.7, -1.2, -0.9], np.float32),),
        # Halfway between two whole numbers, the even one is taken.
        "halves": (np.array([0.5, 1.5, 2.5, -0.5, -1.5], np.float32),),
    }


def hidden(rng):
    def numbers(size, scale):
        return (scale * rng.normal(size=size)).astype(np.float32)

    nine = numbers(9, 3.0)
    nine[4] = 0.0
    # Forty wherever the numbers are the point: cases of one size share a program.
    just_below = np.nextafter(rng.integers(-3, 4, 40) + 0.5, -10.0, dtype=np.float32)
    beyond_fractions = rng.integers(2**23, 2**24, 40) * rng.choice([-1.0, 1.0], 40)
    return {
        "one_number": (numbers(1, 300.0),),
        "nine_numbers": (nine,),
        "some_halves": ((rng.integers(-20, 20, 40) + 0.5).astype(np.float32),),
        "just_below_halves": (just_below.astype(np.float32),),
        "between_zero_and_one": (rng.uniform(-1.0, 1.0, 40).astype(np.float32),),
        "thousands": (numbers(40, 5000.0),),
        "whole_already": (beyond_fractions.astype(np.float32),),
    }
