# rule_broken required_operation
import jax
import jax.numpy as jnp


def needs_a_while(x):
    jax.lax.fori_loop(0, x.size, lambda i, y: y + i, 0)
    return jnp.cumsum(x)
