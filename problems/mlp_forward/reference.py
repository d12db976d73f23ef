import jax


def mlp_forward(params, x):
    *hidden, (w_last, b_last) = params
    for w, b in hidden:
        x = jax.nn.relu(x @ w + b)
    return x @ w_last + b_last
