# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The bias is missing: it is added inside tanh, at each step."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        h = jnp.tanh(x_t @ params["w_x"] + h @ params["w_h"])
        return h, h

    return jax.vmap(lambda h, steps: jax.lax.scan(step, h, steps)[1])(start, x)
