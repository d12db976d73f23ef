# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The gradient is multiplied by v, and nothing is differentiated twice. The product with the Hessian is the derivative of the gradient along v."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    return jax.tree.map(jnp.multiply, jax.grad(loss)(params, x, y), v)
