# /// allclose
# verdict = "rule_broken"
# reason = "too_much_work"
# message = "One sum over both inner indices multiplies every entry of the one matrix with every entry of the next, K times N products for each entry of the result. Two products, one after the other, share that work."
# ///
import jax.numpy as jnp


def matrix_chain(a, b, c):
    return jnp.sum(a[:, :, None, None] * b[None, :, :, None] * c[None, None, :, :], axis=(1, 2))
