# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "This is the Gauss-Newton product, which leaves out how the network itself curves. For the Hessian, differentiate the gradient of the whole loss."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    def predict(params):
        return jnp.tanh(x @ params["hidden"]) @ params["out"]

    _, change = jax.jvp(predict, (params,), (v,))
    _, pull_back = jax.vjp(predict, params)
    return pull_back(2.0 * change / y.shape[0])[0]
