import jax
import jax.numpy as jnp

B1, B2, EPS = 0.9, 0.999, 1e-8


def adam_step(params, gradient, state, rate):
    count = state["count"] + 1
    mean = jax.tree.map(lambda m, g: B1 * m + (1 - B1) * g, state["mean"], gradient)
    square = jax.tree.map(lambda s, g: B2 * s + (1 - B2) * g**2, state["square"], gradient)

    def step(p, m, s):
        m = m / (1 - B1**count)
        s = s / (1 - B2**count)
        return p - rate * m / (jnp.sqrt(s) + EPS)

    params = jax.tree.map(step, params, mean, square)
    return params, {"count": count, "mean": mean, "square": square}
