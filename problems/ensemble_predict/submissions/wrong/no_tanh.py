# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Without the tanh, body and head are one linear map. Apply it to x W + b."
# ///
import jax.numpy as jnp


def ensemble_predict(params, batch):
    features = batch @ params["body"]["w"] + params["body"]["b"]
    return params["heads"]["w"] @ features.T + params["heads"]["b"][:, None]
