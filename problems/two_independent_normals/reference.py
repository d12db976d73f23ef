import jax


def two_independent_normals(key, means_a, means_b):
    key_a, key_b = jax.random.split(key)
    a = means_a + jax.random.normal(key_a, means_a.shape)
    b = means_b + jax.random.normal(key_b, means_b.shape)
    return a, b
