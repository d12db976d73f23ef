import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    def slope_along_v(params):
        gradient = jax.grad(loss)(params, x, y)
        return sum(jax.tree.leaves(jax.tree.map(lambda g, d: jnp.sum(g * d), gradient, v)))

    # The Hessian is symmetric, so the gradient of the product is the product.
    return jax.grad(slope_along_v)(params)
