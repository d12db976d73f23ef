# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The mask hides a position from itself. The first one then attends to nothing, and its softmax divides 0 by 0. Each position sees itself: jnp.tril without the -1."
# ///
import jax
import jax.numpy as jnp


def norm(params, u):
    mean = u.mean(axis=-1, keepdims=True)
    return params["gain"] * (u - mean) / jnp.sqrt(u.var(axis=-1, keepdims=True) + 1e-5) + params["bias"]


def attention(params, u):
    q, k, v = (jnp.einsum("td,dhk->htk", u, params[name]) for name in ("query", "key", "value"))
    scores = jnp.einsum("hqk,hsk->hqs", q, k) / jnp.sqrt(q.shape[-1])
    mask = jnp.tril(jnp.ones(scores.shape[1:], dtype=bool), -1)
    weights = jax.nn.softmax(jnp.where(mask, scores, -jnp.inf), axis=-1)
    return jnp.einsum("hqs,hsk,hkd->qd", weights, v, params["out"])


def mlp(params, u):
    return jax.nn.gelu(u @ params["w_in"] + params["b_in"], approximate=False) @ params["w_out"] + params["b_out"]


def transformer_block(params, x):
    h = x + attention(params["attention"], norm(params["norm1"], x))
    return h + mlp(params["mlp"], norm(params["norm2"], h))
