# rule_broken required_operation
import jax.numpy as jnp


def needs_a_while(x):
    return jnp.cumsum(x)
