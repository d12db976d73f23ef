# /// allclose
# verdict = "rule_broken"
# reason = "required_operation"
# message = "All four are computed and one is taken from the stack. jax.lax.switch runs only the one that is chosen."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    everything = jnp.stack([jax.nn.relu(x), jnp.tanh(x), jax.nn.sigmoid(x), softsign(x)])
    return everything[jnp.clip(index, 0, 3)]
