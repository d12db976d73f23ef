import jax
import jax.numpy as jnp


def rnn_scan(xs, h0, w_x, w_h):
    def step(h, x):
        h = jnp.tanh(w_x @ x + w_h @ h)
        return h

    return jax.lax.scan(step, h0, xs)[1]
