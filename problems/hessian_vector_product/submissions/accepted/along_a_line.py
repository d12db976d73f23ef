import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    # The gradient along the line through params, as a function of one number.
    def gradient(step):
        moved = jax.tree.map(lambda p, d: p + step * d, params, v)
        return jax.grad(loss)(moved, x, y)

    return jax.jacfwd(gradient)(0.0)
