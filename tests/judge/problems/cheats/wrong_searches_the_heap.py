# wrong_answer value
import gc

import numpy as np
import jax.numpy as jnp


def cheats(w, x):
    for found in gc.get_objects():
        if isinstance(found, np.ndarray) and found.shape == w.shape and found.any():
            return jnp.asarray(found)
    return jnp.zeros_like(w)
