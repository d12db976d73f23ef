# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The for loop runs while the program is traced and writes every step into it. Make its body a function step(params, rate) that returns the new parameters and the loss, and hand it to lax.scan with the rates."
# ///
import jax
import jax.numpy as jnp


def train_linear_model(x, y, rates):
    def loss(params):
        w, b = params
        return jnp.mean((x @ w + b - y) ** 2)

    params, losses = (jnp.zeros(x.shape[1]), jnp.zeros(())), []
    for rate in rates:
        value, gradient = jax.value_and_grad(loss)(params)
        params = jax.tree.map(lambda p, g: p - rate * g, params, gradient)
        losses.append(value)
    return *params, jnp.stack(losses)
