import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def adam_step(params, gradient, state, rate):
    p, rebuild = ravel_pytree(params)
    g, m, s = (ravel_pytree(tree)[0] for tree in (gradient, state["mean"], state["square"]))
    t = state["count"] + 1
    m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
    # 1 - beta**t without the difference.
    first, second = (-jnp.expm1(t * jnp.log(beta)) for beta in (0.9, 0.999))
    p = p - rate * (m / first) / (jnp.sqrt(s / second) + 1e-8)
    return rebuild(p), {"count": t, "mean": rebuild(m), "square": rebuild(s)}
