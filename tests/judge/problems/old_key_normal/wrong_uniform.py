# wrong_answer value
import jax


def old_key_normal(key):
    return jax.random.uniform(key, (3,))
