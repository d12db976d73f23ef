# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The difference of two gradients loses most of its digits in float32, and what is left is off by the length of the step. jax.jvp differentiates the gradient exactly."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    step = 1e-3

    def gradient(step):
        return jax.grad(loss)(jax.tree.map(lambda p, d: p + step * d, params, v), x, y)

    return jax.tree.map(lambda after, before: (after - before) / (2 * step), gradient(step), gradient(-step))
