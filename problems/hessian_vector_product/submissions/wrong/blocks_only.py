# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Each array is moved by itself while the other stands still, so the mixed second derivatives are missing. Move both at once: one jvp with the whole of v."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    predictions = jnp.tanh(x @ params["hidden"]) @ params["out"]
    return jnp.mean((predictions - y) ** 2)


def hessian_vector_product(params, v, x, y):
    def gradient_of(name):
        return lambda array: jax.grad(loss)({**params, name: array}, x, y)[name]

    return {name: jax.jvp(gradient_of(name), (params[name],), (v[name],))[1] for name in params}
