# /// allclose
# verdict = "runtime_error"
# message = "The carry starts as integers and comes out of the first step as floats, which scan does not allow. Start with jnp.zeros, which is float32."
# ///
import jax.numpy as jnp
from jax import lax


def train_linear_model(x, y, rates):
    def step(params, rate):
        w, b = params
        error = x @ w + b - y
        return (w - 2 * rate * (error @ x) / y.size, b - 2 * rate * error.mean()), jnp.mean(error**2)

    (w, b), losses = lax.scan(step, (jnp.zeros(x.shape[1], jnp.int32), jnp.int32(0)), rates)
    return w, b, losses
