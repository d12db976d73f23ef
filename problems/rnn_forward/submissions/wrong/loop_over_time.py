# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The Python loop writes the step into the program once for each step of the sequence. lax.scan writes it down once, with the state as what is carried."
# ///
import jax.numpy as jnp


def rnn_forward(params, start, x):
    h, states = start, []
    for t in range(x.shape[1]):
        h = jnp.tanh(x[:, t] @ params["w_x"] + h @ params["w_h"] + params["b"])
        states.append(h)
    return jnp.stack(states, axis=1)
