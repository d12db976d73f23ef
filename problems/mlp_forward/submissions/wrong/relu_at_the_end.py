# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "relu also follows the last layer, so no output is below 0. It belongs between layers only."
# ///
import jax


def mlp_forward(params, x):
    for w, b in params:
        x = jax.nn.relu(x @ w + b)
    return x
