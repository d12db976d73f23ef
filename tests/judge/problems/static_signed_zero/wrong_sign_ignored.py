# wrong_answer value
import jax.numpy as jnp


def static_signed_zero(x, at):
    return jnp.abs(x) if at == at else x
