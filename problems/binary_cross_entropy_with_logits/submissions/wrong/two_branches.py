# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The values are right, the gradient is nan: jnp.where differentiates both branches, and in the one that is not taken exp overflows. Use one formula for both signs, with exp(-|z|), or choose the exponent with where before exp."
# ///
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    positive = (1.0 - labels) * logits + jnp.log1p(jnp.exp(-logits))
    negative = -labels * logits + jnp.log1p(jnp.exp(logits))
    return jnp.mean(jnp.where(logits > 0.0, positive, negative))
