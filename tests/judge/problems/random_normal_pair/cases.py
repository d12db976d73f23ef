import jax
import numpy as np


def public():
    return {"small": (jax.random.key(0), np.float32(1))}


def hidden(rng):
    return {"larger": (jax.random.key(1), np.float32(rng.uniform(1, 2)))}
