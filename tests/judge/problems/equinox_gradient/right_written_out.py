import equinox as eqx
import jax
import jax.numpy as jnp


class _Line(eqx.Module):
    w: jax.Array
    b: jax.Array

    @eqx.filter_jit
    def __call__(self, x):
        return jnp.sum(self.w * x) + self.b


def Line(w, b):
    return eqx.tree_at(lambda line: line.b, _Line(w, b * 0), b)
