# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "x64 is switched off, so that JAX gives float32 here, but only after the mean was rounded to bfloat16. Convert the entries, to float32."
# ///
import jax.numpy as jnp


def low_precision_mean(batch):
    return jnp.mean(batch, axis=1).astype(float)
