# rule_broken forbidden_operation
import jax.numpy as jnp


def without_custom_calls(x):
    return jnp.linalg.inv(x + 2 * jnp.eye(2))
