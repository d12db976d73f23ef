# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The bias is added after the bend, where it cannot move it. Put it inside: relu(x @ W + b)."
# ///
import jax


def mlp_forward(params, x):
    for w, b in params[:-1]:
        x = jax.nn.relu(x @ w) + b
    w, b = params[-1]
    return x @ w + b
