import jax
import jax.numpy as jnp


def reparameterised_gradient(key, mean, log_std, target, samples):
    noise = jax.random.multivariate_normal(key, jnp.zeros_like(mean), jnp.eye(mean.size), (samples,), method="cholesky")
    z, pull_back = jax.vjp(lambda mean, log_std: mean + jnp.exp(log_std) * noise, mean, log_std)
    # The derivative of the averaged loss with respect to the samples, carried back to the parameters.
    return pull_back(jnp.tanh(z - target) / samples)
