# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The factor limit / |g| is 0/0 for an entry of 0 with a limit of 0, and infinity times zero for an infinite one. jnp.clip chooses a value and multiplies nothing."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return x, limit


def backward(limit, cotangent):
    return cotangent * jnp.minimum(1.0, limit / jnp.abs(cotangent)), None


clipped_gradient.defvjp(forward, backward)
