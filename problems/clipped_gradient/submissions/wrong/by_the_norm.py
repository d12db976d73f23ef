# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The whole cotangent is scaled by its norm, so small entries shrink along with large ones. Clip each entry by itself."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return x, limit


def backward(limit, cotangent):
    return cotangent * jnp.minimum(1.0, limit / jnp.linalg.norm(cotangent)), None


clipped_gradient.defvjp(forward, backward)
