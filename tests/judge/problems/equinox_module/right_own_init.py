import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float


class Base(eqx.Module):
    slope: Float[Array, ""]
    offset: Float[Array, ""]


class Line(Base):
    def __init__(self, x):
        self.slope = jnp.sum(x)
        self.offset = jnp.sum(x) / x.size


def equinox_module(x):
    return [Line(x), None]
