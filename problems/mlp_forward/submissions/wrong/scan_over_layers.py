# /// allclose
# verdict = "runtime_error"
# message = "lax.scan wants all turns alike, and layers have different shapes. A Python loop over the list is right here: there are as many turns as layers, whatever the data."
# ///
import jax
import jax.numpy as jnp


def mlp_forward(params, x):
    *hidden, (w_last, b_last) = params

    def layer(h, parameters):
        w, b = parameters
        return jax.nn.relu(h @ w + b), None

    if hidden:
        x, _ = jax.lax.scan(layer, x, jax.tree.map(lambda *leaves: jnp.stack(leaves), *hidden))
    return x @ w_last + b_last
