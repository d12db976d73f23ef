# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "These are the gradients of the mean loss, one number per parameter. For one gradient per example, map the gradient of a single example's loss over the batch, and average nothing."
# ///
import jax
import jax.numpy as jnp


def mean_loss(params, batch_x, batch_y):
    w, b = params
    return jnp.mean((w * batch_x + b - batch_y) ** 2)


def per_example_gradients(params, batch_x, batch_y):
    return jax.grad(mean_loss)(params, batch_x, batch_y)
