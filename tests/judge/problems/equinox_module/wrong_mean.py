# wrong_answer value
import equinox as eqx
import jax


class Line(eqx.Module):
    slope: jax.Array
    offset: jax.Array


def equinox_module(x):
    return [Line(x.sum(), x.max()), None]
