# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "At rate 1 the mask is 0 everywhere and so is 1 - rate: 0 / 0 is NaN. Choose with jnp.where(kept, x / keep, 0.0)."
# ///
import jax


def dropout(key, x, rate):
    keep = 1.0 - rate
    kept = jax.random.bernoulli(key, keep, x.shape)
    return kept * x / keep
