# wrong_answer distribution
import jax


def random_normal_pair(key, scale):
    return 1.2 * scale * jax.random.normal(key, (2, 16))
