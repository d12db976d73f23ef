# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The offset of the body is added behind the tanh. It belongs inside: tanh(x W + b)."
# ///
import jax.numpy as jnp


def ensemble_predict(params, batch):
    features = jnp.tanh(batch @ params["body"]["w"]) + params["body"]["b"]
    return params["heads"]["w"] @ features.T + params["heads"]["b"][:, None]
