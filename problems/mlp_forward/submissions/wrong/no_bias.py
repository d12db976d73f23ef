# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The biases are never added. A layer is x @ W + b."
# ///
import jax


def mlp_forward(params, x):
    for w, _ in params[:-1]:
        x = jax.nn.relu(x @ w)
    return x @ params[-1][0]
