# wrong_answer value
import jax


def old_key_normal(key):
    return jax.random.normal(jax.random.key(0), (3,))
