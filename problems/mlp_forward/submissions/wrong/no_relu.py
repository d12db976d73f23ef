# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Without relu between them, all layers together are one affine map. Put jax.nn.relu around each layer but the last."
# ///


def mlp_forward(params, x):
    for w, b in params:
        x = x @ w + b
    return x
