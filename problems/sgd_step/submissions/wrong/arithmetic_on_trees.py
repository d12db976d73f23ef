# /// allclose
# verdict = "runtime_error"
# message = "Parameters and gradient are dicts here, and Python cannot multiply a dict by a number. jax.tree.map(lambda p, g: p - rate * g, params, gradient) calculates with the arrays in them."
# ///
import jax


def sgd_step(loss, params, x, y, rate):
    value, gradient = jax.value_and_grad(loss)(params, x, y)
    return params - rate * gradient, value
