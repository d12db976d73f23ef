import jax
import jax.numpy as jnp


def norm(params, u):
    return (
        params["gain"] * (u - u.mean(-1, keepdims=True)) * jax.lax.rsqrt(u.var(-1, keepdims=True) + 1e-5)
        + params["bias"]
    )


def attention(params, u):
    # Positions, heads, entries: the order of axes that the library wants.
    q, k, v = (jnp.tensordot(u, params[name], axes=1) for name in ("query", "key", "value"))
    answers = jax.nn.dot_product_attention(q, k, v, is_causal=True)
    return jnp.tensordot(answers, params["out"], axes=2)


def transformer_block(params, x):
    x = x + attention(params["attention"], norm(params["norm1"], x))
    mlp = params["mlp"]
    hidden = jax.nn.gelu(norm(params["norm2"], x) @ mlp["w_in"] + mlp["b_in"], approximate=False)
    return x + hidden @ mlp["w_out"] + mlp["b_out"]
