# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the sum. Divide by the number of entries in a row, batch.shape[1]."
# ///
import jax.numpy as jnp


def low_precision_mean(batch):
    return jnp.sum(batch, axis=1, dtype=jnp.float32)
