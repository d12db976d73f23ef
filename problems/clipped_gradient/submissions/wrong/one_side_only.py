# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The minimum bounds the cotangent from above only. Large negative entries pass: clip to the range from -limit to limit."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return x, limit


def backward(limit, cotangent):
    return jnp.minimum(cotangent, limit), None


clipped_gradient.defvjp(forward, backward)
