# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "jvp returns the value of the function first, which is the gradient, and its derivative along v second. Return the second."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    product, _ = jax.jvp(lambda params: jax.grad(loss)(params, x, y), (params,), (v,))
    return product
