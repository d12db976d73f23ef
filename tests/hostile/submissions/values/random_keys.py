# verdicts: wrong_answer
# Keys of the random generator, which are arrays of something else.
import jax


def solve(x, y):
    return jax.random.split(jax.random.key(0), x.shape[0])
