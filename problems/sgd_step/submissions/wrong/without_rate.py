# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The step is the whole gradient. Multiply it by rate before it is subtracted."
# ///
import jax


def sgd_step(loss, params, x, y, rate):
    value, gradient = jax.value_and_grad(loss)(params, x, y)
    return jax.tree.map(lambda p, g: p - g, params, gradient), value
