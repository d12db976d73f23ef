# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The start was put in front as a step of its own and is still in the result, one row too many. Leave the first row out at the end."
# ///
import jax.numpy as jnp
from jax import lax


def linear_recurrence(a, b, start):
    def compose(earlier, later):
        return later[0] * earlier[0], later[0] * earlier[1] + later[1]

    a = jnp.concatenate([jnp.zeros_like(a[:1]), a])
    b = jnp.concatenate([start[None], b])
    return lax.associative_scan(compose, (a, b))[1]
