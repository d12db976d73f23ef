# /// allclose
# verdict = "runtime_error"
# message = "jvp takes the points and the directions in tuples, one entry for each argument of the function: (params,) and (v,)."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    _, product = jax.jvp(lambda params: jax.grad(loss)(params, x, y), params, v)
    return product
