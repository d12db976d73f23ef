# wrong_answer value
import jax
import jax.numpy as jnp


def init(key, width):
    first, second = jax.random.split(key)
    return {"w": jax.random.normal(first, (width,)), "v": jax.random.normal(second, (width,))}


def apply(params, x):
    return (x[:, None] * params["w"]) @ params["v"]
