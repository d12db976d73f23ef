import jax.numpy as jnp


def huber_loss(predictions, targets, delta):
    e = predictions - targets
    return jnp.select(
        [e < -delta, e > delta],
        [-delta * (e + delta / 2), delta * (e - delta / 2)],
        e**2 / 2,
    )
