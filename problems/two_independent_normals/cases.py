import jax
import numpy as np

# The two lengths differ, so that noise of one array never fits the other.


def public():
    return {
        "three_and_five": (
            jax.random.key(0),
            np.array([0.0, 10.0, -10.0], np.float32),
            np.array([1.0, 2.0, 3.0, 4.0, 5.0], np.float32),
        ),
    }


def hidden(rng):
    def means(size, scale):
        return (scale * rng.normal(size=size)).astype(np.float32)

    def key():
        return jax.random.key(int(rng.integers(2**31)))

    return {
        "one_and_four": (key(), means(1, 3.0), means(4, 3.0)),
        "as_many_of_each": (key(), means(6, 3.0), means(6, 3.0)),
        "far_from_zero": (key(), means(30, 100.0), means(17, 100.0)),
    }
