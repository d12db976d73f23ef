# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "The states come with time in front, as scan stacks them: (T, B, H). Exchange the first two axes once more."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        h = jnp.tanh(x_t @ params["w_x"] + h @ params["w_h"] + params["b"])
        return h, h

    return jax.lax.scan(step, start, x.swapaxes(0, 1))[1]
