# /// allclose
# verdict = "runtime_error"
# message = "One map over heads and inputs pairs member i with input i. Every member predicts every input: map over the inputs inside and over the heads outside."
# ///
import jax
import jax.numpy as jnp


def predict(params, x):
    body, head = params["body"], params["heads"]
    features = jnp.tanh(x @ body["w"] + body["b"])
    return jnp.dot(features, head["w"]) + head["b"]


def ensemble_predict(params, batch):
    return jax.vmap(predict, in_axes=({"body": None, "heads": 0}, 0))(params, batch)
