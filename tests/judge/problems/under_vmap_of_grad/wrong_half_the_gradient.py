# wrong_answer value
import jax
import jax.numpy as jnp


@jax.custom_vjp
def under_vmap_of_grad(w, x):
    return (w * x - 1) ** 2


under_vmap_of_grad.defvjp(
    lambda w, x: (under_vmap_of_grad(w, x), (w, x)), lambda r, g: (g * (r[0] * r[1] - 1) * r[1], g * 0)
)
