import jax
import jax.numpy as jnp


@jax.custom_vjp
def under_jacrev(x):
    return jnp.round(x)


under_jacrev.defvjp(lambda x: (jnp.round(x), None), lambda _, g: (g,))
