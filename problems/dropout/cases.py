import jax
import numpy as np

# No case is square, and no entry is near 0, so that dropped and kept entries are told apart.


def public():
    return {
        "half": (
            jax.random.key(0),
            np.array([[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]], np.float32),
            np.float32(0.5),
        ),
    }


def hidden(rng):
    def entries(count, width):
        return (rng.uniform(0.5, 2.0, (count, width)) * rng.choice([-1.0, 1.0], (count, width))).astype(np.float32)

    def key():
        return jax.random.key(int(rng.integers(2**31)))

    return {
        "few_dropped": (key(), entries(6, 4), np.float32(rng.uniform(0.15, 0.25))),
        "most_dropped": (key(), entries(3, 8), np.float32(rng.uniform(0.75, 0.85))),
        "none_dropped": (key(), entries(1, 5), np.float32(0.0)),
        "all_dropped": (key(), entries(5, 1), np.float32(1.0)),
    }
