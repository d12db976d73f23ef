# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The root still sees the zero, and its infinite derivative is multiplied by the zero of the branch not taken: NaN. A second jnp.where has to stand inside the root."
# ///
import jax.numpy as jnp


def safe_norm(x):
    squares = jnp.sum(x**2)
    return jnp.where(squares == 0, 0.0, jnp.sqrt(squares))
