import jax
import jax.numpy as jnp


def ensemble_predict(params, batch):
    features = jnp.tanh(batch @ params["body"]["w"] + params["body"]["b"])
    members = range(params["heads"]["b"].shape[0])
    heads = [jax.tree.map(lambda leaf, e=e: leaf[e], params["heads"]) for e in members]
    return jnp.stack([features @ head["w"] + head["b"] for head in heads])
