# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "tanh is applied to what is kept, and what is carried on goes without it. The state is the same in both places."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        h = x_t @ params["w_x"] + h @ params["w_h"] + params["b"]
        return h, jnp.tanh(h)

    return jax.vmap(lambda h, steps: jax.lax.scan(step, h, steps)[1])(start, x)
