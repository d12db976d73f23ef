# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "tanh bends both sides and levels off at 1. Between these layers stands max(a, 0): jax.nn.relu."
# ///
import jax.numpy as jnp


def mlp_forward(params, x):
    for w, b in params[:-1]:
        x = jnp.tanh(x @ w + b)
    w, b = params[-1]
    return x @ w + b
