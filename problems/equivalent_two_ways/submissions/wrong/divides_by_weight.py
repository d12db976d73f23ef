# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Dividing by w is a neat shortcut until w is 0, where it gives 0/0 = NaN although the gradient is 0. Differentiate instead of dividing."
# ///
import jax.numpy as jnp


def equivalent_two_ways(w, x_batch):
    # d/dw (w * x)**2 = 2 * w * x**2 = 2 * (w * x)**2 / w
    losses = (w * x_batch) ** 2
    return jnp.array([(2 * losses / w).sum(), 2 * losses.sum() / w])
