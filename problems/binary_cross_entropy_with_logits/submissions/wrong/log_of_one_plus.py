# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "1 + exp(-20) rounds to 1 in float32, and its logarithm is 0: the loss of a right answer is lost. jnp.log1p takes the small number itself."
# ///
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    losses = jnp.maximum(logits, 0.0) - logits * labels + jnp.log(1.0 + jnp.exp(-jnp.abs(logits)))
    return jnp.mean(losses)
