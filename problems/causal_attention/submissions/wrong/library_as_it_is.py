# /// allclose
# verdict = "runtime_error"
# message = "jax.nn.dot_product_attention wants values as long as keys, and here they may be longer or shorter. Write the three lines out."
# ///
import jax


def causal_attention(q, k, v):
    return jax.nn.dot_product_attention(q[:, None], k[:, None], v[:, None], is_causal=True)[:, 0]
