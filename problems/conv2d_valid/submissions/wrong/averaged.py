# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The products are averaged over the window. The result is their sum."
# ///
import jax.numpy as jnp


def conv2d_valid(images, kernel):
    rows, columns = kernel.shape[:2]
    p, q = images.shape[1] - rows + 1, images.shape[2] - columns + 1
    products = [images[:, k : k + p, l : l + q] @ kernel[k, l] for k in range(rows) for l in range(columns)]
    return jnp.mean(jnp.stack(products), axis=0)
