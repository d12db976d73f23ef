import jax


def sgd_step(loss, params, x, y, rate):
    value, gradient = jax.value_and_grad(loss)(params, x, y)
    leaves, structure = jax.tree.flatten(params)
    moved = [p - rate * g for p, g in zip(leaves, jax.tree.leaves(gradient), strict=True)]
    return jax.tree.unflatten(structure, moved), value
