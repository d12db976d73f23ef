# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "This is one gradient for each sample. Their mean over axis 0 is the gradient of the estimate."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    def sampled_loss(mean, log_std, noise):
        return loss(mean + jnp.exp(log_std) * noise, target)

    noise = jax.random.normal(key, (samples, mean.shape[0]))
    return jax.vmap(jax.grad(sampled_loss, argnums=(0, 1)), in_axes=(None, None, 0))(mean, log_std, noise)
