# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "b takes its step after w has moved, so its gradient is taken at another point. Compute both gradients first, then move both."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def train_linear_model(x, y, rates):
    def loss(w, b):
        return jnp.mean((x @ w + b - y) ** 2)

    def step(params, rate):
        w, b = params
        value = loss(w, b)
        w = w - rate * jax.grad(loss, 0)(w, b)
        b = b - rate * jax.grad(loss, 1)(w, b)
        return (w, b), value

    (w, b), losses = lax.scan(step, (jnp.zeros(x.shape[1]), jnp.zeros(())), rates)
    return w, b, losses
