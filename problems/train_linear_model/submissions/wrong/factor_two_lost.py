# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The gradient of a square is twice the error times its derivative, and the 2 is missing: every step is half as long as it should be."
# ///
import jax.numpy as jnp
from jax import lax


def train_linear_model(x, y, rates):
    def step(params, rate):
        w, b = params
        error = x @ w + b - y
        return (w - rate * (error @ x) / y.size, b - rate * error.mean()), jnp.mean(error**2)

    (w, b), losses = lax.scan(step, (jnp.zeros(x.shape[1]), jnp.zeros(())), rates)
    return w, b, losses
