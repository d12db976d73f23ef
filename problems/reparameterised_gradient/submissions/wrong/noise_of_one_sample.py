# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The noise has shape (D,), so there is one sample only, however many were asked for. Draw it with shape (samples, D)."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    noise = jax.random.normal(key, mean.shape)

    def estimate(mean, log_std):
        z = jnp.tile(mean + jnp.exp(log_std) * noise, (samples, 1))
        return jnp.mean(jax.vmap(loss, in_axes=(0, None))(z, target))

    return jax.grad(estimate, argnums=(0, 1))(mean, log_std)
