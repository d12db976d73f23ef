# /// allclose
# verdict = "runtime_error"
# message = "The list holds four results, and switch wants four functions, of which it calls one. Leave the (x) away and hand x to switch."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    return jax.lax.switch(index, [jax.nn.relu(x), jnp.tanh(x), jax.nn.sigmoid(x), softsign(x)])
