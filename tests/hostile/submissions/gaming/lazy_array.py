# verdicts: wrong_answer
# always
# An object that computes when it is compared.
import jax.numpy as jnp


class Lazy:
    shape, dtype = (3,), jnp.dtype("float32")

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __jax_array__(self):
        return self.x * jnp.dot(self.x, self.y)

    def __array__(self, *_, **__):
        return self.__jax_array__()


def solve(x, y):
    return Lazy(x, y)
