import jax
import jax.numpy as jnp


def norm(params, u):
    deviation = u - jnp.mean(u, axis=-1, keepdims=True)
    variance = jnp.mean(deviation**2, axis=-1, keepdims=True)
    return params["gain"] * deviation / jnp.sqrt(variance + 1e-5) + params["bias"]


def attention(params, u):
    q, k, v = (jnp.einsum("td,dhk->htk", u, params[name]) for name in ("query", "key", "value"))
    scores = jnp.einsum("hqk,hsk->hqs", q, k) / jnp.sqrt(q.shape[-1])
    not_later = jnp.tril(jnp.ones(scores.shape[1:], dtype=bool))
    weights = jax.nn.softmax(jnp.where(not_later, scores, -jnp.inf), axis=-1)
    answers = jnp.einsum("hqs,hsk->hqk", weights, v)
    return jnp.einsum("hqk,hkd->qd", answers, params["out"])


def mlp(params, u):
    hidden = jax.nn.gelu(u @ params["w_in"] + params["b_in"], approximate=False)
    return hidden @ params["w_out"] + params["b_out"]


def transformer_block(params, x):
    h = x + attention(params["attention"], norm(params["norm1"], x))
    return h + mlp(params["mlp"], norm(params["norm2"], h))
