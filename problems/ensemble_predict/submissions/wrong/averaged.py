# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The mean over the members is the ensemble's answer; asked for is every member's, one row for each."
# ///
import jax
import jax.numpy as jnp


def predict(params, x):
    body, head = params["body"], params["heads"]
    features = jnp.tanh(x @ body["w"] + body["b"])
    return jnp.dot(features, head["w"]) + head["b"]


def ensemble_predict(params, batch):
    one_member = jax.vmap(predict, in_axes=(None, 0))
    return jax.vmap(one_member, in_axes=({"body": None, "heads": 0}, None))(params, batch).mean(axis=0)
