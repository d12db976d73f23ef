# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The loss is summed over the examples, and everything is too large by their number. It is their mean."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.sum((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    _, product = jax.jvp(lambda params: jax.grad(loss)(params, x, y), (params,), (v,))
    return product
