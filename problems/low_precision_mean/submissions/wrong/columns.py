# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "axis=0 gives one mean for each column. Along a row it is axis=1."
# ///
import jax.numpy as jnp


def low_precision_mean(batch):
    return jnp.mean(batch, axis=0, dtype=jnp.float32)
