# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "t is clipped to between 0 and 1, and the line ends there. It may be followed beyond both ends: use t as it is."
# ///
import jax
import jax.numpy as jnp


def interpolate_trees(start, end, t):
    t = jnp.clip(t, 0.0, 1.0)
    return jax.tree.map(lambda a, b: ((1 - t) * a + t * b).astype(a.dtype), start, end)
