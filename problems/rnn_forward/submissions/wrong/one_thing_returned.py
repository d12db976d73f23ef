# /// allclose
# verdict = "runtime_error"
# message = "The function that scan repeats returns a pair: the state to carry on, and what to keep of this step. Return h, h."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        return jnp.tanh(x_t @ params["w_x"] + h @ params["w_h"] + params["b"])

    return jax.vmap(lambda h, steps: jax.lax.scan(step, h, steps)[1])(start, x)
