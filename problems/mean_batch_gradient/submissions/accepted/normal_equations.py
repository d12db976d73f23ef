import jax.numpy as jnp


def mean_batch_gradient(params, batch_x, batch_y):
    # Rows (x, 1): the gradient of |A p - y|**2 / N is 2 / N times A transposed times the residual.
    rows = jnp.stack([batch_x, jnp.ones_like(batch_x)], axis=1)
    residual = jnp.matmul(rows, jnp.stack(params), precision="highest") - batch_y
    gradient = 2.0 / batch_x.shape[0] * jnp.matmul(residual, rows, precision="highest")
    return gradient[0], gradient[1]
