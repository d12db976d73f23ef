# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "nan_to_num replaces NaN in the value, where there is none. The gradient is computed by another program, and its NaN comes from the root at 0."
# ///
import jax.numpy as jnp


def safe_norm(x):
    return jnp.nan_to_num(jnp.sqrt(jnp.sum(x**2)))
