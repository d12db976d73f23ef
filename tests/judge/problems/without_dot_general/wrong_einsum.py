# rule_broken forbidden_operation
import jax.numpy as jnp


def without_dot_general(x):
    return jnp.einsum("ij,jk->ik", x, x)
