# verdicts: output_limit
# A container that always has another one in it, and more each time.
import jax


@jax.tree_util.register_pytree_node_class
class Box:
    def tree_flatten(self):
        return (Box(), Box()), None

    @classmethod
    def tree_unflatten(cls, _, children):
        return cls()


def solve(x, y):
    return Box()
