import numpy as np


def public():
    return {
        "two_by_two": (np.array([[1.0, 2.0], [2.0, 1.0]], np.float32),),
        "large_and_negative": (np.array([[2.0, 0.0], [0.0, -7.0]], np.float32),),
        "three_by_three": (np.array([[4.0, 1.0, 0.0], [1.0, 3.0, -1.0], [0.0, -1.0, 2.0]], np.float32),),
        "ones_are_no_start": (np.array([[1.0, -2.0], [-2.0, 1.0]], np.float32),),
    }


def hidden(rng):
    def matrix(values):
        # A symmetric matrix with these eigenvalues, along random axes.
        axes = np.linalg.qr(rng.normal(size=(len(values), len(values))))[0]
        product = (axes * np.asarray(values)) @ axes.T
        return ((product + product.T) / 2).astype(np.float32)

    leading, second = rng.uniform(3.0, 4.0), rng.uniform(1.0, 2.0)
    return {
        "one_number": (rng.uniform(-3.0, -1.0, (1, 1)).astype(np.float32),),
        "all_negative": (matrix([-leading - 2.0, -leading, -second, -second, -0.5]),),
        "largest_magnitude_is_negative": (matrix([-2.0 * leading, second, leading, 0.0, -1.0]),),
        "as_large_both_ways": (matrix([leading, -leading, second]),),
        "two_leading_axes": (matrix([leading, second, -second, leading, -leading, 0.0, -1.0]),),
        "identity": (rng.uniform(2.0, 3.0) * np.eye(3, dtype=np.float32),),
        "tiny_entries": (matrix(1e-8 * np.array([second, leading, -leading, 0.0, 1.0, -1.0, 0.5])),),
        "thirty_by_thirty": (matrix([*rng.uniform(-5.0, 2.0, 29), leading]),),
    }
