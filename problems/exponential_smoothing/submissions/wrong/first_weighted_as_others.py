# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The first row has the weight alpha here, as if there had been zeros before it. It counts in full: s_0 = x_0."
# ///
import jax.numpy as jnp


def exponential_smoothing(x, alpha):
    age = jnp.arange(x.shape[0])[:, None] - jnp.arange(x.shape[0])
    weights = jnp.where(age >= 0, alpha * (1.0 - alpha) ** jnp.maximum(age, 0), 0.0)
    return jnp.matmul(weights, x, precision="highest")
