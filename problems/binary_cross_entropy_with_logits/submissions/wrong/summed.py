# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the sum over the examples. Asked for is their mean, which does not grow with the size of the batch."
# ///
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    return jnp.sum(jnp.maximum(logits, 0.0) - logits * labels + jnp.log1p(jnp.exp(-jnp.abs(logits))))
