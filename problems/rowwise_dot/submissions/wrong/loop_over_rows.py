# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The comprehension writes one product for each row into the program. jax.vmap(jnp.dot)(left, right) writes one for all."
# ///
import jax.numpy as jnp


def rowwise_dot(left, right):
    return jnp.stack([jnp.dot(a, b) for a, b in zip(left, right)])
