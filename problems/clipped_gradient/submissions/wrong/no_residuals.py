# /// allclose
# verdict = "runtime_error"
# message = "The forward rule returns a pair: the result, and what the backward rule is to be given. Here the result stands alone."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return x


def backward(limit, cotangent):
    return jnp.clip(cotangent, -limit, limit), None


clipped_gradient.defvjp(forward, backward)
