# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The total is a bfloat16 while it grows: from 256 on, adding 1 changes nothing. Start it as float32."
# ///
import jax.numpy as jnp
from jax import lax


def low_precision_mean(batch):
    start = jnp.zeros(batch.shape[0], batch.dtype)
    total, _ = lax.scan(lambda total, column: (total + column, None), start, batch.T)
    return total.astype(jnp.float32) / batch.shape[1]
