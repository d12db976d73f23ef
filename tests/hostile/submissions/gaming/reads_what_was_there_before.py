# verdicts: wrong_answer
# always
# Returns memory that was never written, in the hope of another case's values.
import jax
import jax.numpy as jnp


def solve(x, y):
    empty = jax.lax.empty((1 << 16,), jnp.float32) if hasattr(jax.lax, "empty") else jnp.empty(1 << 16)
    return jnp.sort(empty)[-x.shape[0] :] + 0 * x
