# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "The micro-batches come one after the other, but each leaves its gradient behind, as large as the model, and the mean is taken at the end. Add the gradients up along the way: the carry of lax.scan needs one copy."
# ///
import jax
from jax import lax


def accumulate_gradients(loss, params, x, y, size):
    parts = x.reshape(-1, size, *x.shape[1:]), y.reshape(-1, size)
    gradients = lax.map(lambda part: jax.grad(loss)(params, *part), parts)
    return jax.tree.map(lambda g: g.mean(axis=0), gradients)
