import jax.numpy as jnp


def exponential_smoothing(x, alpha):
    times = jnp.arange(x.shape[0])
    age = times[:, None] - times
    # Row t weighs the values up to time t: alpha for each but the first, faded by its age.
    weights = jnp.where(age >= 0, (1.0 - alpha) ** jnp.maximum(age, 0), 0.0)
    weights = weights * jnp.where(times == 0, 1.0, alpha)
    return jnp.matmul(weights, x, precision="highest")
