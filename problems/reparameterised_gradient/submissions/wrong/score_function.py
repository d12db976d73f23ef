# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The loss times the derivative of the log density has the right mean and varies far more. Differentiate through the sample instead: mean + exp(log_std) * noise, with the noise held fixed."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    noise = jax.random.normal(key, (samples, mean.shape[0]))
    losses = jax.vmap(loss, in_axes=(0, None))(mean + jnp.exp(log_std) * noise, target)
    d_mean = losses[:, None] * noise / jnp.exp(log_std)
    d_log_std = losses[:, None] * (noise**2 - 1.0)
    return d_mean.mean(axis=0), d_log_std.mean(axis=0)
