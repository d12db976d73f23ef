import jax
import numpy as np

# The number of samples differs from D in every case, and no standard deviation is near 1: a gradient with respect to it
# is another one than with respect to its logarithm.


def public():
    return {
        "two_dimensions": (
            jax.random.key(0),
            np.array([0.5, -1.0], np.float32),
            np.array([-1.0, 0.7], np.float32),
            np.array([0.0, 1.0], np.float32),
            4,
        ),
    }


def hidden(rng):
    def problem(size, log_std, samples):
        key = jax.random.key(int(rng.integers(2**31)))
        mean = rng.uniform(-1.0, 1.0, size)
        log_stds = rng.uniform(log_std - 0.2, log_std + 0.2, size)
        target = mean + rng.uniform(0.3, 1.0, size) * rng.choice([-1.0, 1.0], size)
        return (key, *(each.astype(np.float32) for each in (mean, log_stds, target)), samples)

    return {
        "one_sample": problem(3, -0.7, 1),
        "wide": problem(4, 1.0, 7),
        "narrow": problem(1, -2.0, 40),
    }
