import equinox as eqx
import jax


class Line(eqx.Module):
    slope: jax.Array
    offset: jax.Array
    name: str = eqx.field(static=True)


def equinox_module(x):
    return [Line(x.sum(), x.mean(), "line"), None]
