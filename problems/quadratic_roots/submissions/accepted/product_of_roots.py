import jax
import jax.numpy as jnp


def roots_of_one(a, b, c):
    half, product = -0.5 * b / a, c / a
    far = half + jnp.copysign(jnp.sqrt(half * half - product), half)
    return jnp.sort(jnp.stack([far, product / far]))


def quadratic_roots(a, b, c):
    both = jax.vmap(roots_of_one, out_axes=1)(a, b, c)
    return both[0], both[1]
