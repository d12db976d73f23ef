import jax


def random_permutation(key, x):
    return jax.random.permutation(key, x)
