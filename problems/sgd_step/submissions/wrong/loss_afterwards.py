# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The loss was computed anew at the new parameters. Asked for is the loss before the step, which value_and_grad has computed already."
# ///
import jax


def sgd_step(loss, params, x, y, rate):
    gradient = jax.grad(loss)(params, x, y)
    params = jax.tree.map(lambda p, g: p - rate * g, params, gradient)
    return params, loss(params, x, y)
