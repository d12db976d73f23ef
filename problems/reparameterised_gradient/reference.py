import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    noise = jax.random.normal(key, (samples, mean.shape[0]))

    def estimate(mean, log_std):
        z = mean + jnp.exp(log_std) * noise
        return jnp.mean(jax.vmap(loss, in_axes=(0, None))(z, target))

    return jax.grad(estimate, argnums=(0, 1))(mean, log_std)
