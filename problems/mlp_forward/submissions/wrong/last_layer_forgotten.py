# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "params[:-1] leaves the last layer out of the loop, and nothing is done with it afterwards. Apply it at the end, without relu."
# ///
import jax


def mlp_forward(params, x):
    for w, b in params[:-1]:
        x = jax.nn.relu(x @ w + b)
    return x
