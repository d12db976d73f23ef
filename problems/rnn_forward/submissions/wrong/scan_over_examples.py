# /// allclose
# verdict = "runtime_error"
# message = "scan walks along axis 0 of x, and there are the sequences, not the steps. Put time in front with x.swapaxes(0, 1), or map a scan of one sequence with vmap."
# ///
import jax
import jax.numpy as jnp


def rnn_forward(params, start, x):
    def step(h, x_t):
        h = jnp.tanh(x_t @ params["w_x"] + h @ params["w_h"] + params["b"])
        return h, h

    return jax.lax.scan(step, start, x)[1]
