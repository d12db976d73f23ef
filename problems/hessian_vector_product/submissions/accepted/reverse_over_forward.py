import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    def slope_along_v(params):
        return jax.jvp(lambda params: loss(params, x, y), (params,), (v,))[1]

    return jax.grad(slope_along_v)(params)
