# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "A reduction returns the dtype that it is given, and bfloat16 keeps eight bits of the mean. Ask for dtype=jnp.float32."
# ///
import jax.numpy as jnp


def low_precision_mean(batch):
    return jnp.mean(batch, axis=1)
