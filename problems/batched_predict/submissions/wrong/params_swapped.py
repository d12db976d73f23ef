# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The tuple is (w, b), slope first. Unpacked the other way round, the slope is added and the offset multiplied."
# ///
import jax


def predict(params, x):
    b, w = params
    return w * x + b


def batched_predict(params, batch_x):
    return jax.jit(jax.vmap(predict, in_axes=(None, 0)))(params, batch_x)
