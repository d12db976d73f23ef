import jax
import jax.numpy as jnp


def loss(params, x, y):
    return (jnp.tanh(x @ params["hidden"]) @ params["out"] - y) ** 2


def hessian_vector_product(params, v, x, y):
    def slope_along_v(params):
        # A gradient for each example, multiplied with v, differentiated once more: more memory, and no Hessian.
        gradients = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, x, y)
        mean = jax.tree.map(lambda leaf: jnp.mean(leaf, axis=0), gradients)
        return jnp.vdot(mean["hidden"], v["hidden"]) + jnp.vdot(mean["out"], v["out"])

    return jax.grad(slope_along_v)(params)
