import numpy as np


def public():
    return {
        "three_examples": (np.array([0.0, 2.0, -1.0], np.float32), np.array([1.0, 1.0, 0.0], np.float32)),
        "confident_and_right": (np.array([20.0], np.float32), np.array([1.0], np.float32)),
        "confident_and_wrong": (np.array([200.0, -300.0], np.float32), np.array([0.0, 1.0], np.float32)),
        "soft_labels": (np.array([150.0, -0.5, -120.0], np.float32), np.array([0.25, 0.5, 0.875], np.float32)),
    }


def hidden(rng):
    def hard(size):
        return rng.choice([0.0, 1.0], size)

    def batch(logits, labels):
        return np.asarray(logits).astype(np.float32), np.asarray(labels).astype(np.float32)

    answers = hard(12)
    return {
        "one_example": batch(rng.normal(size=1), hard(1)),
        "seven_examples": batch(3.0 * rng.normal(size=7), hard(7)),
        "all_right": batch((2.0 * answers - 1.0) * rng.uniform(18.0, 25.0, 12), answers),
        "one_right_yes": batch(rng.uniform(17.0, 25.0, 1), [1.0]),
        "one_right_no": batch(rng.uniform(-25.0, -17.0, 1), [0.0]),
        "far_out": batch(rng.choice([-1.0, 1.0], 12) * rng.uniform(100.0, 1000.0, 12), hard(12)),
        # Labels away from 0 and 1, so that no gradient is a small difference of large numbers.
        "soft_and_large": batch(
            [-250.0, -90.0, -20.0, 0.5, 20.0, 95.0, 260.0] + rng.normal(size=7), rng.uniform(0.2, 0.8, 7)
        ),
        "at_zero": batch(np.zeros(3), rng.uniform(0.1, 0.4, 3)),
        "many_examples": batch(4.0 * rng.normal(size=900), rng.uniform(size=900)),
    }
