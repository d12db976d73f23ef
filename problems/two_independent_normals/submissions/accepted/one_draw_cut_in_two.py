import jax
import jax.numpy as jnp


def two_independent_normals(key, means_a, means_b):
    means = jnp.concatenate([means_a, means_b])
    both = means + jax.random.normal(key, means.shape)
    return both[: means_a.size], both[means_a.size :]
