import numpy as np

# No case has N = 2: per-example gradients that were not summed would have the shape of a right answer there.


def public():
    return {
        "three_numbers": (np.float32(3.0), np.array([1.0, 2.0, -2.0], np.float32)),
        "negative_weight": (np.float32(-0.5), np.array([4.0, 0.0, 1.0, 2.0, 3.0], np.float32)),
    }


def hidden(rng):
    def batch(size, scale=1.0):
        return (scale * rng.normal(size=size)).astype(np.float32)

    def weight(low, high):
        return np.float32(rng.uniform(low, high))

    return {
        "one_example": (weight(0.5, 2.0), batch(1)),
        "seven_examples": (weight(0.5, 2.0), batch(7)),
        "weight_below_zero": (weight(-3.0, -1.0), batch(39)),
        "weight_zero": (np.float32(0.0), batch(5)),
        "large_numbers": (weight(5.0, 10.0), batch(39, scale=1e3)),
        "small_numbers": (weight(0.5, 2.0), batch(39, scale=0.03)),
        "thousand_examples": (weight(0.5, 2.0), batch(1000)),
    }
