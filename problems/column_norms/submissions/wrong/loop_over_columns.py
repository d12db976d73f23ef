# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The loop writes the norm of every column into the program by itself. vmap with in_axes=1 writes it once."
# ///
import jax.numpy as jnp


def column_norms(matrix):
    columns = [matrix[:, j] for j in range(matrix.shape[1])]
    norms = [jnp.linalg.norm(column) for column in columns]
    return jnp.stack(norms), jnp.stack([column / norm for column, norm in zip(columns, norms)], axis=1)
