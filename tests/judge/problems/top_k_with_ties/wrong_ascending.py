# wrong_answer value
import jax.numpy as jnp


def top_k_with_ties(x):
    order = jnp.argsort(-x, axis=-1, stable=True)[:, :3][:, ::-1]
    return jnp.take_along_axis(x, order, axis=-1), order
