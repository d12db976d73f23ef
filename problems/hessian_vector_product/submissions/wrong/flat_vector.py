# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "This is one long vector. The product has the structure of params, a dict of two arrays."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    _, product = jax.jvp(lambda params: jax.grad(loss)(params, x, y), (params,), (v,))
    return jnp.concatenate([leaf.ravel() for leaf in jax.tree.leaves(product)])
