# /// allclose
# verdict = "runtime_error"
# message = "A 0 for the whole of params maps over the body too, which has no axis for the members. Give vmap a tree for params: {\"body\": None, \"heads\": 0}."
# ///
import jax
import jax.numpy as jnp


def predict(params, x):
    body, head = params["body"], params["heads"]
    features = jnp.tanh(x @ body["w"] + body["b"])
    return jnp.dot(features, head["w"]) + head["b"]


def ensemble_predict(params, batch):
    one_member = jax.vmap(predict, in_axes=(None, 0))
    return jax.vmap(one_member, in_axes=(0, None))(params, batch)
