import jax
import jax.numpy as jnp


def clipped_gradient(x, limit):
    @jax.custom_vjp
    def identity(x):
        return x

    identity.defvjp(lambda x: (x, None), lambda _, g: (jax.vmap(lambda entry: jax.lax.clamp(-limit, entry, limit))(g),))
    return identity(x)
