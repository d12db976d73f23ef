# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "The predictions come back as float16, which keeps three digits. Leave the dtype alone: float32 in, float32 out."
# ///
import jax
import jax.numpy as jnp


def predict(params, x):
    w, b = params
    return (w * x + b).astype(jnp.float16)


def batched_predict(params, batch_x):
    return jax.jit(jax.vmap(predict, in_axes=(None, 0)))(params, batch_x)
