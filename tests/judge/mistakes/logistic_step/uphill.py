import jax
import jax.numpy as jnp


def loss(w, x, y):
    logits = x @ w
    return jnp.mean(jnp.logaddexp(0, logits) - y * logits)


def logistic_step(w, x, y, rate):
    return w + rate * jax.grad(loss)(w, x, y)
