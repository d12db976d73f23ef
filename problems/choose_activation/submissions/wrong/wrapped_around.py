# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The remainder sends -1 to 3 and 4 to 0. An index below 0 counts as 0, one above 3 as 3; switch does that by itself."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    return jax.lax.switch(index % 4, [jax.nn.relu, jnp.tanh, jax.nn.sigmoid, softsign], x)
