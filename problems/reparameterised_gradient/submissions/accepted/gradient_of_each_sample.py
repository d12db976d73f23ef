import jax
import jax.numpy as jnp


def sampled_loss(mean, log_std, key, target):
    # Drawn inside: the noise is a constant to grad all the same.
    apart = mean + jnp.exp(log_std) * jax.random.normal(key, mean.shape) - target
    return jnp.sum(jnp.logaddexp(apart, -apart) - jnp.log(2.0))


def reparameterised_gradient(key, mean, log_std, target, samples):
    gradient = jax.grad(sampled_loss, argnums=(0, 1))
    of_each = jax.vmap(gradient, in_axes=(None, None, 0, None))(mean, log_std, jax.random.split(key, samples), target)
    return jax.tree.map(lambda gradients: gradients.mean(axis=0), of_each)
