import numpy as np


def public():
    return {
        "row_of_three": (
            np.array([[1.0, 2.0]], np.float32),
            np.array([[1.0, 0.0, -1.0], [0.5, 1.0, 2.0]], np.float32),
            np.array([[1.0], [2.0], [3.0]], np.float32),
        ),
        "narrow_on_the_right": tuple(
            (np.arange(rows * columns).reshape(rows, columns) % 7 - 3).astype(np.float32)
            for rows, columns in ((40, 50), (50, 60), (60, 1))
        ),
        "narrow_on_the_left": tuple(
            (np.arange(rows * columns).reshape(rows, columns) % 7 - 3).astype(np.float32)
            for rows, columns in ((1, 50), (50, 40), (40, 30))
        ),
    }


def hidden(rng):
    def chain(m, k, n, p):
        shapes = (m, k), (k, n), (n, p)
        return tuple(rng.normal(size=shape).astype(np.float32) for shape in shapes)

    return {
        "numbers": chain(1, 1, 1, 1),
        "outer": chain(5, 1, 1, 7),
        "vector_on_the_right": chain(90, 80, 70, 1),
        "vector_on_the_left": chain(1, 80, 90, 60),
        # The wider end comes first; then the larger of the two intermediate products does, on either side.
        "wider_end_first": chain(40, 6, 90, 60),
        "larger_product_on_the_right": chain(40, 10, 42, 180),
        "larger_product_on_the_left": chain(12, 42, 170, 44),
        # The better order has the largest of the four products, and a small one.
        "largest_and_smallest": chain(300, 20, 19, 20),
        "narrow_in_the_middle": chain(60, 40, 8, 50),
        "close_call": chain(60, 50, 50, 45),
    }
