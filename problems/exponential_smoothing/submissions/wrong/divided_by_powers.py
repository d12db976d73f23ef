# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "Powers of 1 - alpha become 0 in a long series, and for alpha = 1 at once, and dividing by them overflows. Carry the smoothed row from time to time instead."
# ///
import jax.numpy as jnp


def exponential_smoothing(x, alpha):
    faded = ((1.0 - alpha) ** jnp.arange(x.shape[0]))[:, None]
    new = jnp.concatenate([x[:1], alpha * x[1:]])
    return faded * jnp.cumsum(new / faded, axis=0)
