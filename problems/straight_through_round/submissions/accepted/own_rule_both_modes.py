import jax
import jax.numpy as jnp


@jax.custom_jvp
def straight_through_round(x):
    return jnp.rint(x)


@straight_through_round.defjvp
def along(primals, tangents):
    return straight_through_round(*primals), tangents[0]
