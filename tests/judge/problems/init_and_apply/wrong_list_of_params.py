# wrong_answer tree
import jax
import jax.numpy as jnp


def init(key, width):
    return [jax.random.normal(each, (width,)) for each in jax.random.split(key)]


def apply(params, x):
    return jnp.tanh(x[:, None] * params["w"]) @ params["v"]
