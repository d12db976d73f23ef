# verdicts: wrong_answer
# Another program each time it is traced.
import os

import jax.numpy as jnp


def solve(x, y):
    return x * jnp.float32(int.from_bytes(os.urandom(2), "little"))
