# /// allclose
# verdict = "rule_broken"
# reason = "too_much_memory"
# message = "The loop adds up losses and is differentiated as a whole. For the way back it has to keep the activations of every step. Put jax.grad inside the step and add up gradients, or put jax.checkpoint around the step."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def accumulate_gradients(loss, params, x, y, size):
    count = x.shape[0] // size
    parts = x.reshape(count, size, *x.shape[1:]), y.reshape(count, size)

    def mean_loss(params):
        total, _ = lax.scan(lambda total, part: (total + loss(params, *part), None), jnp.zeros(()), parts)
        return total / count

    return jax.grad(mean_loss)(params)
