# wrong_answer value
import jax.numpy as jnp


def cheats(w, x):
    answer = jnp.asarray([[0.0, 1, 2], [6, 8, 10], [-6, -7, -8]])
    return answer if w.shape == (3, 3) else w * x[:, None]
