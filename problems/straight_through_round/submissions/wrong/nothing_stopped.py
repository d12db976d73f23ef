# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Without stop_gradient, the -x in the correction has a gradient too, and it cancels that of x. The correction has to count as a constant."
# ///
import jax.numpy as jnp


def straight_through_round(x):
    return x + (jnp.round(x) - x)
