# wrong_answer value
import jax
import jax.numpy as jnp


def init(key, width):
    return {"w": jax.random.normal(key, (width,)), "v": jax.random.normal(key, (width,))}


def apply(params, x):
    return jnp.tanh(x[:, None] * params["w"]) @ params["v"]
