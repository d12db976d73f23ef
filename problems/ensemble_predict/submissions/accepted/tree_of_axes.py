import jax
import jax.numpy as jnp


def ensemble_predict(params, batch):
    def predict_batch(params, batch):
        features = jnp.tanh(batch @ params["body"]["w"] + params["body"]["b"])
        return features @ params["heads"]["w"] + params["heads"]["b"]

    # The whole tree of axes, leaf by leaf.
    axes = {"body": {"w": None, "b": None}, "heads": {"w": 0, "b": 0}}
    return jax.vmap(predict_batch, in_axes=(axes, None))(params, batch)
