# wrong_answer value
import jax
import jax.numpy as jnp


@jax.custom_batching.custom_vmap
def under_vmap(x):
    return jax.nn.softmax(x)


@under_vmap.def_vmap
def _rule(size, batched, x):
    return jax.nn.softmax(x, axis=0), True
