# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "exp(0.5 * log_std) would be right for the logarithm of a variance. Given is that of the standard deviation: exp(log_std)."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    noise = jax.random.normal(key, (samples, mean.shape[0]))

    def estimate(mean, log_var):
        z = mean + jnp.exp(0.5 * log_var) * noise
        return jnp.mean(jax.vmap(loss, in_axes=(0, None))(z, target))

    return jax.grad(estimate, argnums=(0, 1))(mean, log_std)
