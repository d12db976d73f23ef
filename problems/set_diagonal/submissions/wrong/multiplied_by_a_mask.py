# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Multiplying by 0 does not remove an entry that is infinite: the product is NaN. Replace the entries with .at[i, i].set(values), or choose with jnp.where."
# ///
import jax.numpy as jnp


def set_diagonal(matrix, values):
    i = jnp.arange(values.shape[0])
    mask = jnp.eye(*matrix.shape)
    return matrix * (1 - mask) + jnp.zeros_like(matrix).at[i, i].set(values)
