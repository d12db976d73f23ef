# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The loss is the sum of the squared errors, N times too large, and so are the steps. Use jnp.mean."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def train_linear_model(x, y, rates):
    def loss(params):
        w, b = params
        return jnp.sum((x @ w + b - y) ** 2)

    def step(params, rate):
        value, gradient = jax.value_and_grad(loss)(params)
        return jax.tree.map(lambda p, g: p - rate * g, params, gradient), value

    (w, b), losses = lax.scan(step, (jnp.zeros(x.shape[1]), jnp.zeros(())), rates)
    return w, b, losses
