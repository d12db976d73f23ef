# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The branches are counted from 0, as the table counts them. With index - 1 each choice is the one before."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    return jax.lax.switch(index - 1, [jax.nn.relu, jnp.tanh, jax.nn.sigmoid, softsign], x)
