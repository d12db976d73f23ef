# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The padding \"SAME\" surrounds the images with zeros, so that the result is as large as they are. Only places inside the image count: \"VALID\"."
# ///
from jax import lax


def conv2d_valid(images, kernel):
    return lax.conv_general_dilated(images, kernel, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
