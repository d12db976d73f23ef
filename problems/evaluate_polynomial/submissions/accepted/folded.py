import jax.numpy as jnp


def evaluate_polynomial(coefficients, x):
    # Estrin: neighbours become one coefficient, of a polynomial in x**2.
    c = coefficients[None, :]
    x = x[:, None]
    while c.shape[1] > 1:
        c = jnp.pad(c, ((0, 0), (0, c.shape[1] % 2)))
        c = c[:, ::2] + c[:, 1::2] * x
        x = x * x
    return jnp.broadcast_to(c[:, 0], x.shape[:1])
