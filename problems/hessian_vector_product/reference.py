import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    def gradient(params):
        return jax.grad(loss)(params, x, y)

    _, product = jax.jvp(gradient, (params,), (v,))
    return product
