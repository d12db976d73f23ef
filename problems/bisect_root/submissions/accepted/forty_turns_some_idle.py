import jax
import jax.numpy as jnp


def bisect_root(mean, eccentricity, steps):
    def halve(ends, turn):
        middle = ends.mean(axis=0)
        small = middle - eccentricity * jnp.sin(middle) < mean
        halved = jnp.stack([jnp.where(small, middle, ends[0]), jnp.where(small, ends[1], middle)])
        return jnp.where(turn < steps, halved, ends), None

    ends = jnp.stack([mean - eccentricity, mean + eccentricity])
    return jax.lax.scan(halve, ends, jnp.arange(40))[0].mean(axis=0)
