import jax
import jax.numpy as jnp


def loss_and_accuracy(params, x, labels):
    w, b = params
    scores = x @ w + b
    loss = jnp.zeros(())
    accuracy = jnp.zeros(())
    gradient = jnp.zeros_like(w), jnp.zeros_like(b)
    return loss, accuracy, gradient
