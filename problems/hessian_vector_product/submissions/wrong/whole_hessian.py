# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "jax.hessian computes every second derivative, a matrix with a row and a column for each parameter. One direction is enough: jax.jvp of the gradient along v."
# ///
import jax
import jax.flatten_util
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    flat, to_tree = jax.flatten_util.ravel_pytree(params)
    hessian = jax.hessian(lambda flat: loss(to_tree(flat), x, y))(flat)
    return to_tree(hessian @ jax.flatten_util.ravel_pytree(v)[0])
