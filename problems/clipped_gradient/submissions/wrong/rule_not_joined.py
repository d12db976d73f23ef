# /// allclose
# verdict = "runtime_error"
# message = "The rules are written and never joined to the function: clipped_gradient.defvjp(forward, backward)."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return x, limit


def backward(limit, cotangent):
    return jnp.clip(cotangent, -limit, limit), None


rules = (forward, backward)
