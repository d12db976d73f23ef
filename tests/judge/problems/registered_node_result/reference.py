import jax


class Box:
    def __init__(self, inside, kept):
        self.inside, self.kept = inside, kept


jax.tree_util.register_pytree_node(Box, lambda box: ((box.inside,), box.kept), lambda kept, inside: Box(*inside, kept))


def registered_node_result(x):
    return Box([x, None], "kept")
