# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the loss for the opposite labels: a confident right answer costs most. With y = 1 the loss has to fall as the logit grows."
# ///
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    losses = jnp.maximum(logits, 0.0) - logits * (1.0 - labels) + jnp.log1p(jnp.exp(-jnp.abs(logits)))
    return jnp.mean(losses)
