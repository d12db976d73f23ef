# /// allclose
# verdict = "runtime_error"
# message = "The way back returns one cotangent for each argument of the function, in a tuple: (cotangent,), with a comma."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def straight_through_round(x):
    return jnp.round(x)


straight_through_round.defvjp(lambda x: (jnp.round(x), None), lambda _, cotangent: cotangent)
