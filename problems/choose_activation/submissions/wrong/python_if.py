# /// allclose
# verdict = "not_traceable"
# message = "A Python if needs the value of index, which is not there while the function is traced. jax.lax.switch puts all branches into the program and runs one."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    if index <= 0:
        return jax.nn.relu(x)
    if index == 1:
        return jnp.tanh(x)
    if index == 2:
        return jax.nn.sigmoid(x)
    return softsign(x)
