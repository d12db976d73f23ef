import jax


def draw(key, mean):
    return mean + jax.random.normal(key)


def two_independent_normals(key, means_a, means_b):
    # A key for every single number: fold_in marks the array, split makes one for each entry.
    keys_a = jax.random.split(jax.random.fold_in(key, 0), means_a.shape)
    keys_b = jax.random.split(jax.random.fold_in(key, 1), means_b.shape)
    return jax.vmap(draw)(keys_a, means_a), jax.vmap(draw)(keys_b, means_b)
