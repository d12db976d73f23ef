# rule_broken required_import
from jax.lax import exp


def style_required_import(x):
    return exp(x)
