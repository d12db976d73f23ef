import jax.numpy as jnp


def batched_predict(params, batch_x):
    # Rows (x, 1) times the column (w, b), in full float32.
    rows = jnp.stack([batch_x, jnp.ones_like(batch_x)], axis=1)
    return jnp.matmul(rows, jnp.stack(params), precision="highest")
