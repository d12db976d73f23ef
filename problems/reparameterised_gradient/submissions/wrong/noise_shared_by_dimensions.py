# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "There is one number of noise for each sample, and all its dimensions move together. Draw it with shape (samples, D)."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    noise = jax.random.normal(key, (samples, 1))

    def estimate(mean, log_std):
        z = mean + jnp.exp(log_std) * noise
        return jnp.mean(jax.vmap(loss, in_axes=(0, None))(z, target))

    return jax.grad(estimate, argnums=(0, 1))(mean, log_std)
