# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "jnp.cumsum keeps every partial total in bfloat16, and rounds each of them. Give it dtype=jnp.float32, or take jnp.sum with that dtype."
# ///
import jax.numpy as jnp


def low_precision_mean(batch):
    return jnp.cumsum(batch, axis=1)[:, -1].astype(jnp.float32) / batch.shape[1]
