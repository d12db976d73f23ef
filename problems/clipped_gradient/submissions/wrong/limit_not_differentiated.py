# /// allclose
# verdict = "not_traceable"
# message = "nondiff_argnums is for plain Python values, and the limit is an array that is traced. Make it an ordinary argument and pass it on in the residuals."
# ///
from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.custom_vjp, nondiff_argnums=(1,))
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return x, None


def backward(limit, residuals, cotangent):
    return (jnp.clip(cotangent, -limit, limit),)


clipped_gradient.defvjp(forward, backward)
