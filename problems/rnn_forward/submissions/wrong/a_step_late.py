# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The state before each step is kept, so the first row is start and the last state is lost. Return the new state twice: to carry on, and to keep."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        return jnp.tanh(x_t @ params["w_x"] + h @ params["w_h"] + params["b"]), h

    return jax.vmap(lambda h, steps: jax.lax.scan(step, h, steps)[1])(start, x)
