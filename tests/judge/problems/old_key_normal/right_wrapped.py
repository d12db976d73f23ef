import jax


def old_key_normal(key):
    return jax.random.normal(jax.random.wrap_key_data(key), (3,))
