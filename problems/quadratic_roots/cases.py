import numpy as np

# Every discriminant is at least half of b * b, see the statement.


def public():
    return {
        "three_equations": (
            np.array([1.0, -1.0, 2.0], np.float32),
            np.array([-3.0, 1.0, 0.0], np.float32),
            np.array([1.0, 6.0, -8.0], np.float32),
        ),
        "small_roots": (
            np.array([1.0, 1.0, -1.0, 2.0], np.float32),
            np.array([-10000.0, 10000.0, 3000.0, 5.0], np.float32),
            np.array([1.0, 1.0, 0.5, 0.0], np.float32),
        ),
    }


def hidden(rng):
    def sign(size):
        return rng.choice([-1.0, 1.0], size)

    def equations(size, ratio, scale=1.0):
        """Equations with 4ac = b * b * ratio; ratio is at most 1/2."""
        a = sign(size) * rng.uniform(0.5, 2.0, size)
        b = sign(size) * rng.uniform(1.0, 3.0, size) * scale
        return tuple(each.astype(np.float32) for each in (a, b, ratio * b * b / (4.0 * a)))

    def without_linear(size):
        a = sign(size) * rng.uniform(0.5, 2.0, size)
        return a.astype(np.float32), np.zeros(size, np.float32), (-a * rng.uniform(0.5, 9.0, size)).astype(np.float32)

    # Two sizes besides 1 and 600: cases of one size share a program.
    a, b, _ = equations(7, 0.1)
    return {
        "one_equation": equations(1, rng.uniform(-3.0, 0.4, 1)),
        "both_signs": equations(40, rng.uniform(-5.0, 0.4, 40)),
        "b_zero": without_linear(7),
        "c_zero": (a, b, np.zeros(7, np.float32)),
        "far_apart": equations(40, sign(40) * 10.0 ** rng.uniform(-9.0, -4.0, 40)),
        "large_coefficients": equations(40, rng.uniform(-0.01, 0.01, 40), scale=1e6),
        "small_coefficients": equations(40, rng.uniform(-0.01, 0.01, 40), scale=0.01),
        "many_equations": equations(600, rng.uniform(-1.0, 0.45, 600)),
    }
