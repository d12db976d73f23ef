import jax
import jax.numpy as jnp


@jax.custom_vjp
def straight_through_round(x):
    return jnp.round(x)


straight_through_round.defvjp(lambda x: (jnp.round(x), None), lambda _, cotangent: (cotangent,))
