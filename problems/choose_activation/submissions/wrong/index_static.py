# /// allclose
# verdict = "not_traceable"
# message = "static_argnames makes a Python value of an argument that is one already, and index comes as an array without a value. A choice while running is made by jax.lax.switch."
# ///
from functools import partial

import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


@partial(jax.jit, static_argnames="index")
def choose_activation(index, x):
    return [jax.nn.relu, jnp.tanh, jax.nn.sigmoid, softsign][index](x)
