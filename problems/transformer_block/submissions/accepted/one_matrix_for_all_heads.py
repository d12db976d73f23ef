import jax
import jax.numpy as jnp
from jax.scipy.special import erf


def norm(params, u):
    mean, mean_square = u.mean(axis=-1, keepdims=True), (u * u).mean(axis=-1, keepdims=True)
    return (u - mean) / jnp.sqrt(mean_square - mean**2 + 1e-5) * params["gain"] + params["bias"]


def attention(params, u):
    size, heads, length = params["query"].shape
    # Query, key and value of all heads by a single product.
    together = jnp.concatenate([params[name].reshape(size, -1) for name in ("query", "key", "value")], axis=1)
    q, k, v = (u @ together).reshape(len(u), 3, heads, length).transpose(1, 2, 0, 3)
    scores = q @ k.mT / jnp.sqrt(length)
    scores += jnp.triu(jnp.full((len(u), len(u)), -1e9), 1)
    answers = jax.nn.softmax(scores, axis=2) @ v
    return answers.transpose(1, 0, 2).reshape(len(u), -1) @ params["out"].reshape(-1, size)


def transformer_block(params, x):
    mlp = params["mlp"]
    h = x + attention(params["attention"], norm(params["norm1"], x))
    a = norm(params["norm2"], h) @ mlp["w_in"] + mlp["b_in"]
    return h + (0.5 * a * (1 + erf(a / 2**0.5))) @ mlp["w_out"] + mlp["b_out"]
