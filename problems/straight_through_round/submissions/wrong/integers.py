# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "Integers have no gradient that could pass. Leave the rounded numbers in float32, as jnp.round returns them."
# ///
import jax.numpy as jnp


def straight_through_round(x):
    return jnp.round(x).astype(jnp.int32)
