# /// allclose
# verdict = "rule_broken"
# reason = "required_operation"
# message = "vmap over the index turns the switch into a choice between four computed results. One index serves all entries: call switch with the whole of x."
# ///
import jax
import jax.numpy as jnp


def softsign(x):
    return x / (1 + jnp.abs(x))


def choose_activation(index, x):
    activations = [jax.nn.relu, jnp.tanh, jax.nn.sigmoid, softsign]
    indices = jnp.full(x.shape, index)
    return jax.vmap(lambda i, entry: jax.lax.switch(i, activations, entry))(indices, x)
