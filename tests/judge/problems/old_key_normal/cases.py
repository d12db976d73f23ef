import numpy as np


def public():
    import jax

    return {"zero": (jax.random.PRNGKey(0),)}


def hidden(rng):
    import jax

    return {name: (rng.integers(0, 1 << 32, 2, dtype=np.uint32),) for name in ("a", "b")}
