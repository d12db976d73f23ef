# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The rule clips to 1 whatever the limit is. Hand the limit over in the residuals and use it."
# ///
import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return x, None


def backward(_, cotangent):
    return jnp.clip(cotangent, -1.0, 1.0), None


clipped_gradient.defvjp(forward, backward)
