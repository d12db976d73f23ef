# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "Only the parameters are returned. Return the tuple (new_params, value); jax.value_and_grad gives the loss along with the gradient."
# ///
import jax


def sgd_step(loss, params, x, y, rate):
    gradient = jax.grad(loss)(params, x, y)
    return jax.tree.map(lambda p, g: p - rate * g, params, gradient)
