import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    def product(total, example):
        one_x, one_y = example
        _, along = jax.linearize(lambda params: jax.grad(loss)(params, one_x[None], one_y[None]), params)
        return jax.tree.map(jnp.add, total, along(v)), None

    # A loop over the examples, with memory for one.
    total, _ = jax.lax.scan(product, jax.tree.map(jnp.zeros_like, v), (x, y))
    return jax.tree.map(lambda leaf: leaf / x.shape[0], total)
