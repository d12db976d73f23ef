import jax.numpy as jnp


def ensemble_predict(params, batch):
    features = jnp.tanh(batch @ params["body"]["w"] + params["body"]["b"])
    return params["heads"]["w"] @ features.T + params["heads"]["b"][:, None]
