# wrong_answer tree
import jax
import jax.numpy as jnp


def new_key_split(key):
    data = jax.random.key_data(jax.random.split(key))
    return jax.random.wrap_key_data(jnp.concatenate([data, data], axis=1), impl="rbg")
