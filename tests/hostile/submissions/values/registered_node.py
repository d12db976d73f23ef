# verdicts: wrong_answer
# A container of its own, registered with JAX, that holds the right answer.
import jax


@jax.tree_util.register_pytree_node_class
class Box:
    def __init__(self, value):
        self.value = value

    def tree_flatten(self):
        return (self.value,), None

    @classmethod
    def tree_unflatten(cls, _, children):
        return cls(*children)


def solve(x, y):
    return Box(x * (x @ y))
