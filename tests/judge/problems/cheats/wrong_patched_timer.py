# wrong_answer value
import time

import jax.numpy as jnp

time.perf_counter = time.time = time.monotonic = lambda: 0.0


def cheats(w, x):
    return jnp.zeros_like(w)
