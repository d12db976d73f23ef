# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The first state is computed from zeros, and start is never used. Hand start to scan as the first state."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        h = jnp.tanh(x_t @ params["w_x"] + h @ params["w_h"] + params["b"])
        return h, h

    return jax.vmap(lambda steps: jax.lax.scan(step, jnp.zeros(start.shape[1]), steps)[1])(x)
