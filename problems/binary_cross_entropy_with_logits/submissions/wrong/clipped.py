# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Clipping the probability bounds the loss at 16: a logit of 200 on the wrong side costs no more than one of 17, and its gradient is zero. Write the loss in terms of the logit, where nothing has to be clipped."
# ///
import jax
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    p = jnp.clip(jax.nn.sigmoid(logits), 1e-7, 1.0 - 1e-7)
    return jnp.mean(-labels * jnp.log(p) - (1.0 - labels) * jnp.log(1.0 - p))
