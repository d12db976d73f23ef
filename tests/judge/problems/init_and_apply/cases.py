import numpy as np


def _params(rng, width):
    return {"w": rng.normal(size=width).astype(np.float32), "v": rng.normal(size=width).astype(np.float32)}


def public():
    import jax

    return {
        "init": {"two": (jax.random.key(0), 2)},
        "apply": {"one": (_params(np.random.default_rng(0), 2), np.ones(3, np.float32))},
    }


def hidden(rng):
    import jax

    return {
        "init": {"five": (jax.random.key(int(rng.integers(1 << 30))), 5)},
        "apply": {f"n_{n}": (_params(rng, 4), rng.normal(size=n).astype(np.float32)) for n in (1, 6)},
    }
