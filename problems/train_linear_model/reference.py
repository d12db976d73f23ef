import jax
import jax.numpy as jnp
from jax import lax


def train_linear_model(x, y, rates):
    def loss(params):
        w, b = params
        return jnp.mean((x @ w + b - y) ** 2)

    def step(params, rate):
        value, gradient = jax.value_and_grad(loss)(params)
        return jax.tree.map(lambda p, g: p - rate * g, params, gradient), value

    start = jnp.zeros(x.shape[1], x.dtype), jnp.zeros((), x.dtype)
    (w, b), losses = lax.scan(step, start, rates)
    return w, b, losses
