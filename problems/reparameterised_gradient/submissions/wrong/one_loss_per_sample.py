# /// allclose
# verdict = "runtime_error"
# message = "grad meets one loss per sample and differentiates single numbers only. Take the mean inside the function."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    noise = jax.random.normal(key, (samples, mean.shape[0]))

    def losses(mean, log_std):
        return jax.vmap(loss, in_axes=(0, None))(mean + jnp.exp(log_std) * noise, target)

    return jax.grad(losses, argnums=(0, 1))(mean, log_std)
