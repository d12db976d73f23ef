# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The gradient points to where the loss grows, and the step was added. Subtract rate times the gradient."
# ///
import jax


def sgd_step(loss, params, x, y, rate):
    value, gradient = jax.value_and_grad(loss)(params, x, y)
    return jax.tree.map(lambda p, g: p + rate * g, params, gradient), value
