import jax.numpy as jnp


def clip_per_example(params, x, y, limit):
    hidden = jnp.tanh(jnp.matmul(x, params["hidden"]["w"], precision="highest") + params["hidden"]["b"])
    # Back through the network, a row for each example.
    d_prediction = 2.0 * (jnp.matmul(hidden, params["out"], precision="highest") - y)
    d_out = d_prediction[:, None] * hidden
    d_sum = d_prediction[:, None] * params["out"] * (1.0 - hidden**2)
    # The gradient of w is an outer product, so its square is a product of squares.
    square = (d_out**2).sum(1) + (d_sum**2).sum(1) * (1.0 + (x**2).sum(1))
    weights = jnp.where(square > limit**2, limit / jnp.sqrt(jnp.maximum(square, limit**2)), 1.0)[:, None] / len(x)
    d_w = jnp.matmul(x.T, weights * d_sum, precision="highest")
    return {"hidden": {"w": d_w, "b": (weights * d_sum).sum(0)}, "out": (weights * d_out).sum(0)}
