# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "logaddexp(0, z) rounds to z when z is large, and z - z*y then leaves 0 where the true loss is small and positive. Subtract first, add the small term last: max(z, 0) - z*y + log1p(exp(-|z|))."
# ///
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    return jnp.mean(jnp.logaddexp(0.0, logits) - logits * labels)
