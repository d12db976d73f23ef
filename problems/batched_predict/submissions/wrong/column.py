# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The predictions stand in a column of shape (N, 1). One number per example is an array of shape (N,); no axis needs to be added."
# ///
import jax


def predict(params, x):
    w, b = params
    return w * x + b


def batched_predict(params, batch_x):
    return jax.jit(jax.vmap(predict, in_axes=(None, 0)))(params, batch_x[:, None])
