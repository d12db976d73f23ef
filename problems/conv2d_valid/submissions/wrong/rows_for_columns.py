# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The window lies on its side: its rows move along the columns of the image. In kernel[k, l], k goes with rows and l with columns."
# ///
from jax import lax


def conv2d_valid(images, kernel):
    return lax.conv_general_dilated(images, kernel, (1, 1), "VALID", dimension_numbers=("NHWC", "WHIO", "NHWC"))
