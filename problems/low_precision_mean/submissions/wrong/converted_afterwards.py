# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The mean is rounded to bfloat16 first and made float32 then, when its digits are gone. Convert the entries, or give jnp.mean the dtype."
# ///
import jax.numpy as jnp


def low_precision_mean(batch):
    return jnp.mean(batch, axis=1).astype(jnp.float32)
