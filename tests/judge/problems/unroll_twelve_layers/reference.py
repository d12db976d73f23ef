import jax
import jax.numpy as jnp


def unroll_twelve_layers(x):
    w = jnp.eye(4) * 0.9 + 0.1
    return jax.lax.scan(lambda h, _: (jnp.tanh(h @ w), None), x, None, length=12)[0]
