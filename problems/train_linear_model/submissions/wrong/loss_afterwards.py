# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "These are the losses after each step. losses[t] is the loss before step t, the value that value_and_grad returns along with the gradient."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def train_linear_model(x, y, rates):
    def loss(params):
        w, b = params
        return jnp.mean((x @ w + b - y) ** 2)

    def step(params, rate):
        params = jax.tree.map(lambda p, g: p - rate * g, params, jax.grad(loss)(params))
        return params, loss(params)

    (w, b), losses = lax.scan(step, (jnp.zeros(x.shape[1]), jnp.zeros(())), rates)
    return w, b, losses
