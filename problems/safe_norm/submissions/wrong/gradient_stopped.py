# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "stop_gradient makes the gradient zero everywhere, not only at zero. Away from zero it has to be x divided by its length."
# ///
import jax
import jax.numpy as jnp


def safe_norm(x):
    return jax.lax.stop_gradient(jnp.linalg.norm(x))
