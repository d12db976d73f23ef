# rule_broken forbidden_call
from jax import lax


def style_forbidden_call(x):
    return lax.cumsum(x)
