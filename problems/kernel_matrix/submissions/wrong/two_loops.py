# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "Two Python loops write the kernel of every single pair into the program. Two vmaps write it once."
# ///
import jax.numpy as jnp


def kernel(x, y, scales):
    return jnp.exp(-0.5 * jnp.sum(((x - y) / scales) ** 2))


def kernel_matrix(xs, ys, scales):
    return jnp.array([[kernel(x, y, scales) for y in ys] for x in xs])
