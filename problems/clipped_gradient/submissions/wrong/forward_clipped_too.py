# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The forward rule returns a clipped x. When the function is differentiated, the forward rule takes its place, so both have to return x."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return jnp.clip(x, -limit, limit)


def forward(x, limit):
    return jnp.clip(x, -limit, limit), limit


def backward(limit, cotangent):
    return jnp.clip(cotangent, -limit, limit), None


clipped_gradient.defvjp(forward, backward)
