import jax
import jax.numpy as jnp


def causal_attention(q, k, v):
    # The library wants values as long as keys: zeros lengthen whichever is shorter, and leave all products as they are.
    size, width = q.shape[1], v.shape[1]
    longer = max(size, width)
    q, k = (jnp.pad(each, ((0, 0), (0, longer - size))) for each in (q, k))
    v = jnp.pad(v, ((0, 0), (0, longer - width)))
    answers = jax.nn.dot_product_attention(q[:, None], k[:, None], v[:, None], scale=size**-0.5, is_causal=True)
    return answers[:, 0, :width]
