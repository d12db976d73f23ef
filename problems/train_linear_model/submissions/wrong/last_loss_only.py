# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The loss is part of the carry, so only the last one is left. What step returns second is kept for every step."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def train_linear_model(x, y, rates):
    def loss(params):
        w, b = params
        return jnp.mean((x @ w + b - y) ** 2)

    def step(carry, rate):
        params, _ = carry
        value, gradient = jax.value_and_grad(loss)(params)
        return (jax.tree.map(lambda p, g: p - rate * g, params, gradient), value), None

    start = (jnp.zeros(x.shape[1]), jnp.zeros(())), jnp.zeros(())
    ((w, b), value), _ = lax.scan(step, start, rates)
    return w, b, value
