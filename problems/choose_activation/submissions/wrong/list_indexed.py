# /// allclose
# verdict = "not_traceable"
# message = "A list of Python is indexed by a number, and index has none while the function is traced. jax.lax.switch(index, activations, x) makes the choice in the program."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    activations = [jax.nn.relu, jnp.tanh, jax.nn.sigmoid, softsign]
    return activations[index](x)
