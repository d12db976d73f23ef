# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The backward rule gets the residuals first and the cotangent second. Here the limit is clipped by the cotangent."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return x, limit


def backward(cotangent, limit):
    return jnp.clip(cotangent, -limit, limit), None


clipped_gradient.defvjp(forward, backward)
