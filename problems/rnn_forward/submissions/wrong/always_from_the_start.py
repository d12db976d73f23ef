# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Each step begins at start again, so that nothing is remembered. A step has to use the state that scan hands to it."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        return h, jnp.tanh(x_t @ params["w_x"] + h @ params["w_h"] + params["b"])

    return jax.vmap(lambda h, steps: jax.lax.scan(step, h, steps)[1])(start, x)
