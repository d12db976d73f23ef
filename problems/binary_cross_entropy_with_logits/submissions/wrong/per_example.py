# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "These are the losses of the single examples, shape (N,). Return their mean, one number."
# ///
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    return jnp.maximum(logits, 0.0) - logits * labels + jnp.log1p(jnp.exp(-jnp.abs(logits)))
