import numpy as np

# N, M and D always differ where they are not 1: nothing has the right shape by accident.


def public():
    return {
        "four_points": (
            np.array([[0.0, 0.0], [3.0, 4.0], [-1.0, 1.0], [3.0, 1.0]], np.float32),
            np.array([[0.0, 0.0], [3.0, 0.0], [-5.0, -12.0]], np.float32),
        ),
        "far_and_close": (
            np.array([[1000.1, 2000.2, -500.3], [901.6, 2069.1, -584.8]], np.float32),
            np.array(
                [
                    [1000.1, 2000.2, -500.3],
                    [1000.2, 2000.2, -500.3],
                    [1000.0, 2000.0, -500.0],
                    [901.8, 2069.0, -584.9],
                ],
                np.float32,
            ),
        ),
    }


def hidden(rng):
    def pair(points, centres, length, scale=1.0, around=0.0):
        def draw(count):
            return (around + scale * rng.normal(size=(count, length))).astype(np.float32)

        return draw(points), draw(centres)

    # Cases that are there for their numbers have one of two shapes: those of one shape share a program.
    points, centres = pair(9, 4, 6)
    centres[:2] = points[[5, 2]]
    return {
        "one_pair": pair(1, 1, 3),
        "one_point": pair(1, 6, 2),
        "one_coordinate": pair(7, 4, 1),
        "six_coordinates": pair(9, 4, 6),
        "tiny": pair(9, 4, 6, scale=1e-5),
        "huge": pair(4, 7, 2, scale=1e6),
        "far_from_the_origin": pair(9, 4, 6, scale=0.1, around=1000.0),
        "far_below_zero": pair(4, 7, 2, around=-3e4),
        "some_are_equal": (points, centres),
        "many_points": pair(300, 8, 3),
    }
