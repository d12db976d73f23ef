# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "The outputs of all layers come back in a list. Only those of the last one are asked for."
# ///
import jax


def mlp_forward(params, x):
    outputs = []
    for number, (w, b) in enumerate(params):
        x = x @ w + b
        if number < len(params) - 1:
            x = jax.nn.relu(x)
        outputs.append(x)
    return outputs
