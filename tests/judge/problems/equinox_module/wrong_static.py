# wrong_answer tree
import equinox as eqx
import jax


class Line(eqx.Module):
    slope: jax.Array
    offset: float = eqx.field(static=True)


def equinox_module(x):
    return [Line(x.sum(), 0.5), None]
