# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "tanh and sigmoid are in each other's place. The order of the list is that of the table: relu, tanh, sigmoid, softsign."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    return jax.lax.switch(index, [jax.nn.relu, jax.nn.sigmoid, jnp.tanh, softsign], x)
