# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The comprehension runs while the program is traced and writes the subtraction down once per point. A new axis, or vmap over the points, writes it once."
# ///
import jax.numpy as jnp


def pairwise_distances(points, centres):
    return jnp.stack([jnp.linalg.norm(point - centres, axis=-1) for point in points])
