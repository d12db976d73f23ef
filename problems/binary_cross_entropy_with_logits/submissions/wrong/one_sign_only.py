# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "exp(z) overflows for z above 88, and well before that, z - z*y swallows what log1p has added to z. Use max(z, 0) - z*y + log1p(exp(-|z|)): its exponent is never above 0, and the small term comes last."
# ///
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    return jnp.mean(jnp.log1p(jnp.exp(logits)) - logits * labels)
