import jax.numpy as jnp


def static_signed_zero(x, at):
    return jnp.copysign(x, at) if at == at else x
