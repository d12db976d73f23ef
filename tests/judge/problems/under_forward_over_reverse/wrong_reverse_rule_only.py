# runtime_error
import jax
import jax.numpy as jnp


@jax.custom_vjp
def ratio(x):
    return x**2 / (1 + x**2)


ratio.defvjp(lambda x: (ratio(x), x), lambda x, g: (g * 2 * x / (1 + x**2) ** 2,))


def under_forward_over_reverse(x):
    return ratio(x).sum()
