# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The value is right, and so is the gradient, but for a logit of exactly 0: maximum and abs have a corner there, and JAX takes one side of abs. jax.nn.softplus has no corner."
# ///
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    losses = jnp.maximum(logits, 0.0) - logits * labels + jnp.log1p(jnp.exp(-jnp.abs(logits)))
    return jnp.mean(losses)
