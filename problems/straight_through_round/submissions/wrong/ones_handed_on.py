# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The rule returns ones and drops the incoming gradient. The way back of the identity returns what comes in: (cotangent,)."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def straight_through_round(x):
    return jnp.round(x)


straight_through_round.defvjp(lambda x: (jnp.round(x), x), lambda x, cotangent: (jnp.ones_like(x),))
