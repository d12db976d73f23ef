# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The exponential is taken before grad, so the second derivative is with respect to the standard deviation. Take it inside the function that is differentiated, as a function of log_std."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    noise = jax.random.normal(key, (samples, mean.shape[0]))

    def estimate(mean, std):
        z = mean + std * noise
        return jnp.mean(jax.vmap(loss, in_axes=(0, None))(z, target))

    return jax.grad(estimate, argnums=(0, 1))(mean, jnp.exp(log_std))
