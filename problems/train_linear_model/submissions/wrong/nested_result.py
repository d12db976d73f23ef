# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "scan returns the pair (carry, losses), and the carry is a tuple itself. Unpack it: (w, b), losses = lax.scan(...), and return w, b, losses."
# ///
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

    return lax.scan(step, (jnp.zeros(x.shape[1]), jnp.zeros(())), rates)
