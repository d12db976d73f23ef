import jax.numpy as jnp


def ridge_regression(x, y, strength):
    # Where is the intercept, once the weights are known?
    w = jnp.zeros(x.shape[1])
    b = jnp.zeros(())
    return w, b
