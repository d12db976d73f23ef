import jax.numpy as jnp


def regression(solution, params, x, y, rate, scale):
    def loss(params, x, y):
        # In the dtype of the parameters up to the predictions; the mean is float32.
        prediction = x.astype(params["weight"].dtype) @ params["weight"] + params["bias"]
        return jnp.mean((prediction.astype(jnp.float32) - y) ** 2)

    return solution.loss_scaled_step(loss, params, x, y, rate, scale)


def classifier(solution, params, x, y, rate, scale):
    def loss(params, x, y):
        (weight,) = params
        score = x.astype(weight.dtype) @ weight
        return jnp.mean(jnp.logaddexp(0.0, -y * score.astype(jnp.float32)))

    return solution.loss_scaled_step(loss, params, x, y, rate, scale)
