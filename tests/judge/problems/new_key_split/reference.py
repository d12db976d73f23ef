import jax


def new_key_split(key):
    return jax.random.split(key)
