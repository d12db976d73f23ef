import jax
import numpy as np


def public():
    return {"small": (jax.random.key(0), np.ones(8, np.float32))}


def hidden(rng):
    return {"larger": (jax.random.key(1), rng.normal(size=32).astype(np.float32))}
