# verdicts: memory_limit, runtime_error
# Lets XLA's own libraries run out of memory: they know no exception for it and abort.
import jax.numpy as jnp
import numpy as np

KEPT = []
try:
    while True:
        KEPT.append(np.ones(1 << 17))
except MemoryError:
    pass


def solve(x, y):
    for number in range(10_000):
        x = jnp.sin(x) + number
    return x
