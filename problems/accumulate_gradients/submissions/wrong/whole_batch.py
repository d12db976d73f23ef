# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "This is the right gradient, computed from the whole batch at once, with all its activations in memory. Cut the batch into micro-batches and add up their gradients in the carry of a lax.scan."
# ///
import jax


def accumulate_gradients(loss, params, x, y, size):
    return jax.grad(loss)(params, x, y)
