# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The outer map makes the first axis, and here it goes through the inputs. The members come first: map over the heads outside."
# ///
import jax
import jax.numpy as jnp


def predict(params, x):
    body, head = params["body"], params["heads"]
    features = jnp.tanh(x @ body["w"] + body["b"])
    return jnp.dot(features, head["w"]) + head["b"]


def ensemble_predict(params, batch):
    every_member = jax.vmap(predict, in_axes=({"body": None, "heads": 0}, None))
    return jax.vmap(every_member, in_axes=(None, 0))(params, batch)
