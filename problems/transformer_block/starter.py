import jax
import jax.numpy as jnp


def norm(params, u):
    return u


def attention(params, u):
    return jnp.zeros_like(u)


def mlp(params, u):
    return jnp.zeros_like(u)


def transformer_block(params, x):
    h = x + attention(params["attention"], norm(params["norm1"], x))
    return h + mlp(params["mlp"], norm(params["norm2"], h))
