# /// allclose
# verdict = "not_traceable"
# message = "Inside vmap x stands for all inputs at once, so a Python if cannot decide on it. The line needs no special case; where you do need one, write jnp.where."
# ///
import jax


def predict(params, x):
    w, b = params
    if x == 0:
        return b
    return w * x + b


def batched_predict(params, batch_x):
    return jax.jit(jax.vmap(predict, in_axes=(None, 0)))(params, batch_x)
