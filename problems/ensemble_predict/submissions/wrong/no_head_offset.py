# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The heads have an offset each, params[\"heads\"][\"b\"], and it is missing."
# ///
import jax.numpy as jnp


def ensemble_predict(params, batch):
    features = jnp.tanh(batch @ params["body"]["w"] + params["body"]["b"])
    return params["heads"]["w"] @ features.T
