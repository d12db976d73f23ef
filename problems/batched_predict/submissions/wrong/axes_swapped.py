# /// allclose
# verdict = "runtime_error"
# message = "in_axes=(0, None) maps over the parameters and shares the batch; it is the other way round. The entries follow the order of the arguments."
# ///
import jax


def predict(params, x):
    w, b = params
    return w * x + b


def batched_predict(params, batch_x):
    return jax.jit(jax.vmap(predict, in_axes=(0, None)))(params, batch_x)
