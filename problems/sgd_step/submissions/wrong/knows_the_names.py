# /// allclose
# verdict = "runtime_error"
# message = "This loops over the entries of a dict, and the parameters of another model are a list. jax.tree.map walks through any structure."
# ///
import jax


def sgd_step(loss, params, x, y, rate):
    value, gradient = jax.value_and_grad(loss)(params, x, y)
    return {name: params[name] - rate * gradient[name] for name in params.keys()}, value
