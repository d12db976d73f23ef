# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Each derivative has samples of its own here. Ask grad for both at once, argnums=(0, 1), and they come from the same ones."
# ///
import jax
import jax.numpy as jnp


def loss(z, target):
    return jnp.sum(jnp.log(jnp.cosh(z - target)))


def reparameterised_gradient(key, mean, log_std, target, samples):
    def estimate(mean, log_std, key):
        z = mean + jnp.exp(log_std) * jax.random.normal(key, (samples, mean.shape[0]))
        return jnp.mean(jax.vmap(loss, in_axes=(0, None))(z, target))

    first, second = jax.random.split(key)
    return jax.grad(estimate)(mean, log_std, first), jax.grad(estimate, argnums=1)(mean, log_std, second)
