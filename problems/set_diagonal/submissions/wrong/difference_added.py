# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Adding the difference to the old entry relies on arithmetic that fails for infinite entries and rounds for large ones. The old entry is of no use here: .set the new one."
# ///
import jax.numpy as jnp


def set_diagonal(matrix, values):
    i = jnp.arange(values.shape[0])
    return matrix.at[i, i].add(values - jnp.diagonal(matrix))
