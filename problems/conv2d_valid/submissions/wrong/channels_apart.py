# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The channels of the input are kept apart, an axis too many. Each output channel is a sum over them: contract c as well."
# ///
import jax.numpy as jnp


def conv2d_valid(images, kernel):
    rows, columns = kernel.shape[:2]
    p, q = images.shape[1] - rows + 1, images.shape[2] - columns + 1
    return sum(
        jnp.einsum("npqc,cf->npqcf", images[:, k : k + p, l : l + q], kernel[k, l])
        for k in range(rows)
        for l in range(columns)
    )
