# /// allclose
# verdict = "runtime_error"
# message = "lax.conv takes axis 1 of the images for their channels, and axes 0 and 1 of the kernel for its. Say where they are: lax.conv_general_dilated with dimension_numbers=(\"NHWC\", \"HWIO\", \"NHWC\")."
# ///
from jax import lax


def conv2d_valid(images, kernel):
    return lax.conv(images, kernel, (1, 1), "VALID")
