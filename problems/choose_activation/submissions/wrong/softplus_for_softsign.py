# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The last function is softsign, x / (1 + |x|), and softplus is log(1 + exp(x))."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    return jax.lax.switch(index, [jax.nn.relu, jnp.tanh, jax.nn.sigmoid, jax.nn.softplus], x)
