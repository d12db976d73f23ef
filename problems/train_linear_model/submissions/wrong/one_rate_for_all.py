# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Every step uses the first rate. Scan over the rates themselves, and each step is given its own."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def train_linear_model(x, y, rates):
    def loss(params):
        w, b = params
        return jnp.mean((x @ w + b - y) ** 2)

    def step(params, _):
        value, gradient = jax.value_and_grad(loss)(params)
        return jax.tree.map(lambda p, g: p - rates[0] * g, params, gradient), value

    (w, b), losses = lax.scan(step, (jnp.zeros(x.shape[1]), jnp.zeros(())), length=rates.shape[0])
    return w, b, losses
