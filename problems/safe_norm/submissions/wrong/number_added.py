# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The number added under the root is felt by short vectors: with entries of a millionth it is as large as their squares. Choose by jnp.where instead of adding."
# ///
import jax.numpy as jnp


def safe_norm(x):
    return jnp.sqrt(jnp.sum(x**2) + 1e-12)
