# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "From a logit of 17 on, sigmoid is exactly 1 in float32, and log(1 - 1) is minus infinity. Simplify the loss on paper until no probability is left: max(z, 0) - z*y + log1p(exp(-|z|))."
# ///
import jax
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    p = jax.nn.sigmoid(logits)
    return jnp.mean(-labels * jnp.log(p) - (1.0 - labels) * jnp.log(1.0 - p))
