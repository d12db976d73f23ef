# wrong_answer value
import jax
import jax.numpy as jnp


def with_aux(w, x):
    r = jax.lax.stop_gradient(w) * x - 1
    return (r * (w * x - 1)).sum(), r
