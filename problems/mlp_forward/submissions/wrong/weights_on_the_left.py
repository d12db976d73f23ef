# /// allclose
# verdict = "runtime_error"
# message = "Examples are rows, so they are multiplied from the right: x @ W. For W @ x they would have to be columns, and W the other way round."
# ///
import jax


def mlp_forward(params, x):
    for w, b in params[:-1]:
        x = jax.nn.relu(w @ x + b)
    w, b = params[-1]
    return w @ x + b
