# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "jnp.mean over everything also divides by D. The loss of a sample is the sum over its dimensions; the mean is over the samples only."
# ///
import jax
import jax.numpy as jnp


def reparameterised_gradient(key, mean, log_std, target, samples):
    noise = jax.random.normal(key, (samples, mean.shape[0]))

    def estimate(mean, log_std):
        z = mean + jnp.exp(log_std) * noise
        return jnp.mean(jnp.log(jnp.cosh(z - target)))

    return jax.grad(estimate, argnums=(0, 1))(mean, log_std)
