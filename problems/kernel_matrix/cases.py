import numpy as np

# N, M and D always differ where they are not 1: nothing has the right shape by accident.


def public():
    return {
        "two_and_three": (
            np.array([[0.0], [2.0]], np.float32),
            np.array([[0.0], [1.0], [-2.0]], np.float32),
            np.array([2.0], np.float32),
        ),
        "two_scales": (
            np.array([[0.0, 0.0], [1.0, -1.0], [2.0, 0.5]], np.float32),
            np.array([[1.0, 1.0]], np.float32),
            np.array([0.5, 4.0], np.float32),
        ),
    }


def hidden(rng):
    def points(many, others, length, spread=1.0):
        xs, ys = (rng.uniform(-spread, spread, (count, length)).astype(np.float32) for count in (many, others))
        return xs, ys, rng.uniform(0.5, 2.0, length).astype(np.float32)

    # Cases that are there for their values share a shape, and so a program.
    xs, ys, scales = points(8, 9, 3)
    ys[:3] = xs[1:4]
    return {
        "one_pair": points(1, 1, 4),
        "one_x": points(1, 6, 3),
        "one_y": points(5, 1, 2),
        "one_coordinate": points(7, 4, 1),
        "some_are_equal": (xs, ys, scales),
        "wide_scales": (*points(8, 9, 3)[:2], rng.uniform(3.0, 9.0, 3).astype(np.float32)),
        # Most of these are 0, or nearly.
        "far_apart": points(8, 9, 3, spread=10.0),
        "many_points": points(150, 7, 5),
    }
