# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "jvp returns a pair, the gradient and its derivative along v. Return the second part only."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    return jax.jvp(lambda params: jax.grad(loss)(params, x, y), (params,), (v,))
