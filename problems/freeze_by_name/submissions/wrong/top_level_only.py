# /// allclose
# verdict = "runtime_error"
# message = "The name need not be a key of the outermost dict: it may lie deeper, or nowhere. jax.tree.map_with_path goes to all leaves and tells where each stands."
# ///
import jax
import jax.numpy as jnp


def freeze_by_name(gradients, name):
    return {**gradients, name: jax.tree.map(jnp.zeros_like, gradients[name])}
