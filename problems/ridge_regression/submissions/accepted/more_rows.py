import jax.numpy as jnp


def ridge_regression(x, y, strength):
    # The penalty as further examples: sqrt(strength) * w should be 0. Then it is plain least squares.
    weights = x.shape[1]
    ones_and_zeros = jnp.concatenate([jnp.ones(x.shape[0]), jnp.zeros(weights)])
    rows = jnp.concatenate([x, jnp.sqrt(strength) * jnp.eye(weights)])
    solution, *_ = jnp.linalg.lstsq(jnp.column_stack([rows, ones_and_zeros]), jnp.concatenate([y, jnp.zeros(weights)]))
    return solution[:weights], solution[weights]
