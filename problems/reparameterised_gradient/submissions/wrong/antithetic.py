# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Each number of noise is used twice, with both signs. That often makes a better estimate and not the one asked for: all samples are independent here."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    half = jax.random.normal(key, ((samples + 1) // 2, mean.shape[0]))
    noise = jnp.concatenate([half, -half])[:samples]

    def estimate(mean, log_std):
        z = mean + jnp.exp(log_std) * noise
        return jnp.mean(jax.vmap(loss, in_axes=(0, None))(z, target))

    return jax.grad(estimate, argnums=(0, 1))(mean, log_std)
