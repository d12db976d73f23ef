# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The kernel is turned around in both directions, as the convolution of mathematics has it. Here it is laid on the image as it is: leave out the [::-1, ::-1]."
# ///
from jax import lax


def conv2d_valid(images, kernel):
    return lax.conv_general_dilated(
        images, kernel[::-1, ::-1], (1, 1), "VALID", dimension_numbers=("NHWC", "HWIO", "NHWC")
    )
