# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "Each column of the Hessian is a product with a unit vector, and this computes all of them before v comes in. Use v in place of the unit vectors, once."
# ///
import jax
import jax.flatten_util
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    flat, to_tree = jax.flatten_util.ravel_pytree(params)
    gradient = jax.grad(lambda flat: loss(to_tree(flat), x, y))
    columns = jax.vmap(lambda unit: jax.jvp(gradient, (flat,), (unit,))[1])(jnp.eye(flat.size))
    return to_tree(jax.flatten_util.ravel_pytree(v)[0] @ columns)
