# wrong_answer tree
import jax


class Crate:
    def __init__(self, inside, kept):
        self.inside, self.kept = inside, kept


jax.tree_util.register_pytree_node(
    Crate, lambda box: ((box.inside,), box.kept), lambda kept, inside: Crate(*inside, kept)
)


def registered_node_result(x):
    return Crate([x, None], "kept")
