# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "vmap repeats the draw with one and the same key, so all samples are copies. Split the key into one for each sample, and map over the keys."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    def one_sample(_, mean, log_std):
        return loss(mean + jnp.exp(log_std) * jax.random.normal(key, mean.shape), target)

    def estimate(mean, log_std):
        return jnp.mean(jax.vmap(one_sample, in_axes=(0, None, None))(jnp.arange(samples), mean, log_std))

    return jax.grad(estimate, argnums=(0, 1))(mean, log_std)
