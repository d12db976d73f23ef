# rule_broken too_much_work
import jax.numpy as jnp


def limited_work(x):
    return x @ x + 0 * (x @ jnp.sin(x)) + 0 * (x @ jnp.cos(x))
