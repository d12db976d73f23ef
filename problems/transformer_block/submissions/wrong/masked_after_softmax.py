# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Scores of later positions are in the sum of the softmax, and where one is far above all others these weights are 0: 0 divided by 0. Mask the scores, not the weights."
# ///
import jax
import jax.numpy as jnp


def norm(params, u):
    centred = u - u.mean(axis=-1, keepdims=True)
    scale = jax.lax.rsqrt(jnp.mean(centred**2, axis=-1, keepdims=True) + 1e-5)
    return params["gain"] * centred * scale + params["bias"]


def attention(params, u):
    query, key, value = (jnp.einsum("td,dhk->htk", u, params[name]) for name in ("query", "key", "value"))
    scores = query @ key.mT / jnp.sqrt(query.shape[-1])
    weights = jnp.tril(jax.nn.softmax(scores, axis=-1))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return jnp.einsum("hts,hsk,hkd->td", weights, value, params["out"])


def mlp(params, u):
    hidden = jax.nn.gelu(u @ params["w_in"] + params["b_in"], approximate=False)
    return hidden @ params["w_out"] + params["b_out"]


def transformer_block(params, x):
    h = x + attention(params["attention"], norm(params["norm1"], x))
    return h + mlp(params["mlp"], norm(params["norm2"], h))
