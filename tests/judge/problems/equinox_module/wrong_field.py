# wrong_answer tree
import equinox as eqx
import jax


class Line(eqx.Module):
    slope: jax.Array
    intercept: jax.Array


def equinox_module(x):
    return [Line(x.sum(), x.mean()), None]
