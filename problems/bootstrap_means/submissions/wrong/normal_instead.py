# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "This draws from a normal distribution with the mean and standard error of each column. It forgets that columns belong together, and that few rows make few different means. Draw rows."
# ///
import jax
import jax.numpy as jnp


def bootstrap_means(key, table, resamples):
    error = jnp.std(table, axis=0) / jnp.sqrt(table.shape[0])
    return jnp.mean(table, axis=0) + error * jax.random.normal(key, (resamples, table.shape[1]))
