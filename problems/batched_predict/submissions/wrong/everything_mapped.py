# /// allclose
# verdict = "runtime_error"
# message = "Without in_axes, vmap wants to map over params as well, and a scalar has no axis for that. Share it: jax.vmap(predict, in_axes=(None, 0))."
# ///
import jax


def predict(params, x):
    w, b = params
    return w * x + b


def batched_predict(params, batch_x):
    return jax.jit(jax.vmap(predict))(params, batch_x)
