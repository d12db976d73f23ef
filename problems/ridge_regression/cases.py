import numpy as np

# Features are not centred, save where a case is about something else: otherwise no intercept is needed.


def public():
    return {
        "line": (np.array([[0.0], [2.0]], np.float32), np.array([1.0, 5.0], np.float32), np.float32(2.0)),
        "two_features": (
            np.array([[1.0, 0.0], [2.0, 1.0], [3.0, -1.0], [4.0, 2.0]], np.float32),
            np.array([2.0, 5.0, 3.0, 8.0], np.float32),
            np.float32(0.5),
        ),
        "more_weights_than_examples": (
            np.array([[1.0, -1.0, 2.0], [0.0, 3.0, 1.0]], np.float32),
            np.array([-4.0, 2.0], np.float32),
            np.float32(1.0),
        ),
    }


def hidden(rng):
    def problem(examples, weights, low, high, around=1.0, noise=0.1):
        x = around + rng.normal(size=(examples, weights))
        y = x @ rng.normal(size=weights) + rng.uniform(2.0, 4.0) + noise * rng.normal(size=examples)
        return x.astype(np.float32), y.astype(np.float32), np.float32(rng.uniform(low, high))

    x, _, strength = problem(9, 4, 0.5, 2.0)
    return {
        "one_example": problem(1, 3, 0.5, 2.0),
        "one_weight": problem(12, 1, 0.5, 2.0),
        "five_examples_eight_weights": problem(5, 8, 0.5, 2.0),
        "strong_penalty": problem(20, 3, 500.0, 1000.0),
        "weak_penalty": problem(60, 6, 0.1, 0.2),
        "features_around_minus_two": problem(50, 4, 1.0, 3.0, around=-2.0),
        "targets_all_the_same": (x, np.full(9, rng.uniform(-9.0, -5.0), np.float32), strength),
    }
