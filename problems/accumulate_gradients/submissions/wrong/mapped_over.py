# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "vmap does not go through the micro-batches one after the other: it computes all at once, and their activations together are those of the whole batch. lax.scan takes one at a time."
# ///
import jax


def accumulate_gradients(loss, params, x, y, size):
    parts = x.reshape(-1, size, *x.shape[1:]), y.reshape(-1, size)
    gradients = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, *parts)
    return jax.tree.map(lambda g: g.mean(axis=0), gradients)
