import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped_gradient(x, limit):
    return x


def forward(x, limit):
    return clipped_gradient(x, limit), (limit,)


def backward(residuals, cotangent):
    (limit,) = residuals
    inside = jnp.abs(cotangent) <= limit
    return jnp.where(inside, cotangent, limit * jnp.sign(cotangent)), jnp.zeros_like(limit)


clipped_gradient.defvjp(forward, backward)
