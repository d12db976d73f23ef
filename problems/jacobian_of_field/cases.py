import numpy as np

# N is neither 2 nor 3, nor equal to K: a Jacobian with its axes in another order would have a right shape there.


def public():
    return {
        "around_one_whirl": (
            np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [0.0, 2.0, 0.0], [3.0, -1.0, 9.0]], np.float32),
            np.array([[0.0, 0.0]], np.float32),
            np.array([2.0], np.float32),
        ),
        "two_whirls": (
            np.array([[1.0, 2.0, 0.5]], np.float32),
            np.array([[0.0, 1.0], [2.0, 2.0]], np.float32),
            np.array([1.0, -1.0], np.float32),
        ),
    }


def hidden(rng):
    def case(count, whirls, around=2.0, low=0.1, high=10.0, strength=1.0):
        plane = around * rng.normal(size=(count, 2))
        height = rng.uniform(low, high, (count, 1))
        centres = around * rng.normal(size=(whirls, 2))
        strengths = strength * rng.normal(size=whirls)
        points = np.concatenate([plane, height], axis=1)
        return points.astype(np.float32), centres.astype(np.float32), strengths.astype(np.float32)

    # Three of the cases are there for where their points lie: they share their sizes, and so a program.
    on_the_ground = case(9, 5, low=0.0, high=0.0)
    in_the_eye = case(4, 1)
    in_the_eye[0][:, :2] = in_the_eye[1]
    return {
        "one_point": case(1, 4),
        "one_whirl": case(7, 1),
        "on_the_ground": on_the_ground,
        "in_the_eye": in_the_eye,
        "high_above": case(9, 5, low=1e3, high=1e4),
        "far_away": case(9, 5, around=20.0),
        "many_points": case(90, 8),
    }
