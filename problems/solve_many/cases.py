import numpy as np

# K is never D: right-hand sides that were taken for columns would have the shape of right ones there.


def public():
    return {
        "two_matrices": (
            np.array([[[2.0, 1.0], [1.0, 3.0]], [[0.0, 1.0], [-1.0, 4.0]]], np.float32),
            np.array([[[3.0, 4.0], [1.0, -2.0], [0.0, 5.0]], [[2.0, 1.0], [1.0, 0.0], [-3.0, 0.5]]], np.float32),
        ),
        # Three rows that nearly lie in one plane: their condition number is fifty thousand.
        "nearly_in_one_plane": (
            np.array([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.002]]], np.float32),
            np.array([[[6.0, 15.0, 24.002], [-2.0, -2.0, -2.002]]], np.float32),
        ),
    }


def hidden(rng):
    def orthogonal(size):
        return np.linalg.qr(rng.normal(size=(size, size)))[0]

    def systems(count, sides, size, condition=10.0, scale=1.0):
        values = scale * np.geomspace(1.0, 1.0 / condition, size)
        matrices = np.stack([orthogonal(size) * values @ orthogonal(size).T for _ in range(count)])
        # A solution of ordinary size: next to it, the errors of an inverse stand out.
        solutions = rng.normal(size=(count, sides, size))
        matrices = matrices.astype(np.float32)
        right_sides = np.einsum("bij,bkj->bki", matrices, solutions)
        return matrices, right_sides.astype(np.float32)

    def zeros_on_the_diagonal(count, sides, size):
        matrices = np.roll(np.eye(size), 1, axis=0) * rng.uniform(1.0, 2.0, (count, size, size))
        matrices[:, 0, 1] = rng.uniform(-2.0, -1.0, count)
        return matrices.astype(np.float32), rng.normal(size=(count, sides, size)).astype(np.float32)

    # Three of the cases are there for their numbers: they share their sizes, and so a program.
    return {
        "one_system": systems(1, 1, 4),
        "one_unknown": systems(5, 3, 1),
        "one_right_side": systems(7, 1, 3),
        "zeros_on_the_diagonal": zeros_on_the_diagonal(6, 3, 5),
        "barely_invertible": systems(6, 3, 5, condition=1e5),
        "tiny_entries": systems(6, 3, 5, condition=100.0, scale=1e-6),
        "thirty_unknowns": systems(4, 6, 30, condition=1e4),
    }
