# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "These are cosines: products of the rows after their lengths were divided out. Asked for is the plain dot product."
# ///
import jax
import jax.numpy as jnp


def rowwise_dot(left, right):
    return jax.vmap(lambda a, b: jnp.dot(a, b) / (jnp.linalg.norm(a) * jnp.linalg.norm(b)))(left, right)
