import jax


def old_key_normal(key):
    return jax.random.normal(key, (3,))
