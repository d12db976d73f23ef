# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "A hidden layer may have as many outputs as the last one, and then gets no ReLU here. Count the layers instead."
# ///
import jax


def mlp_forward(params, x):
    outputs = params[-1][1].size
    for w, b in params:
        x = x @ w + b
        if b.size != outputs:
            x = jax.nn.relu(x)
    return x
