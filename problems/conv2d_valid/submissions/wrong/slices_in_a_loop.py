# /// allclose
# verdict = "not_traceable"
# message = "Inside fori_loop, k has no value yet, and a slice k : k + P needs one. Use a Python loop over the window, which is small, or lax.dynamic_slice_in_dim."
# ///
import jax.numpy as jnp
from jax import lax


def conv2d_valid(images, kernel):
    rows, columns, _, outputs = kernel.shape
    n, height, width, _ = images.shape
    p, q = height - rows + 1, width - columns + 1

    def add(k, total):
        for l in range(columns):
            total = total + images[:, k : k + p, l : l + q] @ kernel[k, l]
        return total

    return lax.fori_loop(0, rows, add, jnp.zeros((n, p, q, outputs)))
