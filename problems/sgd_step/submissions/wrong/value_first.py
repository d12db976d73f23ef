# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The loss comes first here, as in value_and_grad. Return (new_params, value), the parameters first."
# ///
import jax


def sgd_step(loss, params, x, y, rate):
    value, gradient = jax.value_and_grad(loss)(params, x, y)
    return value, jax.tree.map(lambda p, g: p - rate * g, params, gradient)
