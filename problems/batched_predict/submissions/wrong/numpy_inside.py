# /// allclose
# verdict = "not_traceable"
# message = "np.asarray wants the numbers of the batch, and there are none while JAX traces the function. Use jax.numpy for everything inside it."
# ///
import numpy as np


def batched_predict(params, batch_x):
    w, b = params
    return w * np.asarray(batch_x) + b
