# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Entries beyond the limit are set to zero. To clip means to bring them to the nearer end of the range: limit or -limit."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return x, limit


def backward(limit, cotangent):
    return jnp.where(jnp.abs(cotangent) <= limit, cotangent, 0.0), None


clipped_gradient.defvjp(forward, backward)
