# /// allclose
# verdict = "runtime_error"
# message = "grad differentiates single numbers, and a gradient is a tree of arrays. Differentiate it along v with jax.jvp, or multiply it with v to a number first."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    return jax.grad(lambda params: jax.grad(loss)(params, x, y))(params)
