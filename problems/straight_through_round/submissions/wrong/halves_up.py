# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "floor(x + 0.5) rounds halves up, so 0.5 becomes 1 and 2.5 becomes 3. Halves go to the even neighbour, as jnp.round takes them."
# ///
import jax
import jax.numpy as jnp


def straight_through_round(x):
    return x + jax.lax.stop_gradient(jnp.floor(x + 0.5) - x)
