# /// allclose
# verdict = "rule_broken"
# reason = "required_operation"
# message = "jnp.select and jnp.where compute all four functions for all entries and throw three away. jax.lax.switch runs only the one that is chosen."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    conditions = [index <= 0, index == 1, index == 2]
    return jnp.select(conditions, [jax.nn.relu(x), jnp.tanh(x), jax.nn.sigmoid(x)], softsign(x))
