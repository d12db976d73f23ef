# /// allclose
# verdict = "runtime_error"
# message = "in_axes has three entries, but predict takes two arguments: the tuple params counts as one. Write in_axes=(None, 0)."
# ///
import jax


def predict(params, x):
    w, b = params
    return w * x + b


def batched_predict(params, batch_x):
    return jax.jit(jax.vmap(predict, in_axes=(None, None, 0)))(params, batch_x)
