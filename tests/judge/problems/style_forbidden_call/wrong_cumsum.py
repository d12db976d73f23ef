# rule_broken forbidden_call
import jax.numpy as jnp


def style_forbidden_call(x):
    return jnp.cumsum(x)
