# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "scan returns the last state first, and second what was kept of each step. All states are asked for: the second."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        h = jnp.tanh(x_t @ params["w_x"] + h @ params["w_h"] + params["b"])
        return h, h

    return jax.vmap(lambda h, steps: jax.lax.scan(step, h, steps)[0])(start, x)
