import jax
import jax.numpy as jnp


def logistic_step(w, x, y, rate):
    error = jax.nn.sigmoid(x @ w) - y
    return w - rate * jnp.mean(error[:, None] * x, axis=0)
