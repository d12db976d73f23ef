# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "keepdims=True keeps the summed axis with length 1, shape (B, 1). One number per row is shape (B,)."
# ///
import jax.numpy as jnp


def sum_of_squares_batch(batch):
    return jnp.sum(batch**2, axis=1, keepdims=True)
