import jax
import jax.numpy as jnp


@jax.custom_vjp
def clipped(x, bound):
    return x


def _forward(x, bound):
    return x, bound


def _backward(bound, cotangent):
    return jnp.clip(cotangent, -bound, bound), jnp.zeros_like(bound)


clipped.defvjp(_forward, _backward)


def under_grad(x, bound):
    return (clipped(x, bound) ** 3).sum()
