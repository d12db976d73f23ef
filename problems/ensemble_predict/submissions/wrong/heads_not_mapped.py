# /// allclose
# verdict = "runtime_error"
# message = "No map goes through the members, so predict meets the heads of all of them at once. Map over {\"body\": None, \"heads\": 0} as well."
# ///
import jax
import jax.numpy as jnp


def predict(params, x):
    body, head = params["body"], params["heads"]
    features = jnp.tanh(x @ body["w"] + body["b"])
    return jnp.dot(features, head["w"]) + head["b"]


def ensemble_predict(params, batch):
    return jax.vmap(predict, in_axes=(None, 0))(params, batch)
