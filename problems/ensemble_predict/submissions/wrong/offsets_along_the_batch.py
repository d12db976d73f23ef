# /// allclose
# verdict = "runtime_error"
# message = "c has shape (E,) and lines up with the last axis, which is the batch. Turned into a column, c[:, None], it lines up with the members."
# ///
import jax.numpy as jnp


def ensemble_predict(params, batch):
    features = jnp.tanh(batch @ params["body"]["w"] + params["body"]["b"])
    return params["heads"]["w"] @ features.T + params["heads"]["b"]
