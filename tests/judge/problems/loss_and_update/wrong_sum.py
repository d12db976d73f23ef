# wrong_answer value
import jax
import jax.numpy as jnp


def loss(w, x, y):
    return ((x @ w - y) ** 2).sum()


def update(w, x, y, rate):
    return w - rate * jax.grad(loss)(w, x, y)
