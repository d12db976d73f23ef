import numpy as np


def public():
    return {
        "parabola": (np.array([1.0, 2.0, 3.0], np.float32), np.array([0.0, 0.5, -1.0, 1.0], np.float32)),
        "seven_terms": (
            np.array([0.0, 1.0, 0.0, -0.5, 0.25, 0.0, 2.0], np.float32),
            np.array([0.5, -0.5, 1.0, -1.0], np.float32),
        ),
        "long": (
            np.resize(np.array([1.0, -0.5, 0.25], np.float32), 300),
            np.linspace(-0.99, 0.99, 50, dtype=np.float32),
        ),
    }


def hidden(rng):
    def polynomial(terms, points, nearest=0.0):
        """Points of either sign, with sizes from ``nearest`` to 1."""
        x = rng.choice([-1.0, 1.0], points) * rng.uniform(nearest, 1.0, points)
        return rng.normal(size=terms).astype(np.float32), x.astype(np.float32)

    # The shape of square_number, and so its program.
    coefficients, x = polynomial(25, 7)
    x[2] = 0.0
    return {
        "constant": polynomial(1, 3),
        "line": polynomial(2, 1),
        "with_zero": (coefficients, x),
        "square_number": polynomial(25, 7),
        "one_more": polynomial(26, 9),
        "prime": polynomial(131, 40, nearest=0.9),
        "thousand_terms": polynomial(1000, 60, nearest=0.99),
    }
