import jax
import jax.numpy as jnp


def predict(params, x):
    w, b = params
    return w * x + b


def mean_squared_error(params, batch_x, batch_y):
    predictions = jax.vmap(predict, in_axes=(None, 0))(params, batch_x)
    return jnp.mean((predictions - batch_y) ** 2)


def mean_batch_gradient(params, batch_x, batch_y):
    return jax.value_and_grad(mean_squared_error)(params, batch_x, batch_y)
