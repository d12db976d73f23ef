# wrong_answer value
import jax


def softmax_rows(x):
    return jax.nn.softmax(x, axis=0)
