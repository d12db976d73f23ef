import jax.numpy as jnp


def trace_of_product(a, b):
    # All of the product is computed, and all but its diagonal thrown away. (Here even that is not the trace.)
    return jnp.sum(a @ b)
