# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The product with a vector of ones gives the sums of the rows of the Hessian, and multiplying by v afterwards is something else. The direction of the derivative has to be v itself."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    ones = jax.tree.map(jnp.ones_like, params)
    _, sums = jax.jvp(lambda params: jax.grad(loss)(params, x, y), (params,), (ones,))
    return jax.tree.map(jnp.multiply, sums, v)
