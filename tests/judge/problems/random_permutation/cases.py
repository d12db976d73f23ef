import jax
import numpy as np


def public():
    return {"small": (jax.random.key(0), np.arange(10, dtype=np.int32))}


def hidden(rng):
    return {"larger": (jax.random.key(1), rng.permutation(10).astype(np.int32))}
