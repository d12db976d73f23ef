import numpy as np

# B, T and D differ within each case, so that no other axis fits by accident.


def public():
    return {
        "two_vectors": (
            np.array([[[1.0, 1.0, 5.0, 5.0], [0.002, 0.0, 0.007, 0.003]]], np.float32),
            np.ones(4, np.float32),
            np.zeros(4, np.float32),
        ),
        "gain_and_bias": (
            np.array([[[0.0, 2.0, 4.0]], [[-1.0, -1.0, -1.0]]], np.float32),
            np.array([1.0, 2.0, -1.0], np.float32),
            np.array([0.5, 0.0, 10.0], np.float32),
        ),
    }


def hidden(rng):
    def vectors(*shape, scale=1.0, around=0.0):
        x = around + scale * rng.normal(size=shape)
        gain, bias = rng.uniform(0.5, 2.0, shape[-1]), rng.normal(size=shape[-1])
        return x.astype(np.float32), gain.astype(np.float32), bias.astype(np.float32)

    equal, gain, bias = vectors(3, 2, 8)
    # Multiples of 1/8: eight of them add up, and divide again, without a rounding.
    equal[:, 0] = rng.integers(-16, 16, (3, 1)) / np.float32(8.0)
    return {
        "one_vector": vectors(1, 1, 6),
        "one_feature": vectors(4, 3, 1),
        "some_vectors_constant": (equal, gain, bias),
        # Three that are there for their numbers: they share a shape, and so a program.
        "hardly_any_variance": vectors(5, 4, 9, scale=3e-3),
        "around_five": vectors(5, 4, 9, around=5.0),
        "large_numbers": vectors(5, 4, 9, scale=1e4),
        "wide": vectors(2, 3, 300),
    }
