# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "w_h @ h multiplies by the transpose of what is asked for. The state is a row vector and stands on the left: h @ w_h."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        h = jnp.tanh(x_t @ params["w_x"] + params["w_h"] @ h + params["b"])
        return h, h

    return jax.vmap(lambda h, steps: jax.lax.scan(step, h, steps)[1])(start, x)
