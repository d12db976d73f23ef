# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The inverse of a nearly singular matrix has huge entries with huge errors, and the product with b brings them into x. Let jnp.linalg.solve find x without it."
# ///
import jax.numpy as jnp


def solve_many(matrices, right_sides):
    return jnp.einsum("bij,bkj->bki", jnp.linalg.inv(matrices), right_sides)
