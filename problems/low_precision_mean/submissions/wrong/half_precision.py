# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "float16 ends at 65504, and entries beyond are infinite. bfloat16 has the range of float32: convert to float32."
# ///
import jax.numpy as jnp


def low_precision_mean(batch):
    return jnp.mean(batch.astype(jnp.float16), axis=1, dtype=jnp.float32)
