import jax
import jax.numpy as jnp


def interpolate_trees(start, end, t):
    leaves, form = jax.tree.flatten(start)
    others = jax.tree.leaves(end)
    weights = jnp.stack([1 - t, t])
    mixed = [jnp.tensordot(weights, jnp.stack([a, b]).astype(jnp.float32), 1) for a, b in zip(leaves, others)]
    return jax.tree.unflatten(form, [value.astype(leaf.dtype) for value, leaf in zip(mixed, leaves)])
