import jax.numpy as jnp


def adam_update(w, gradient, m, v, count):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    if count < 10:
        m_hat = m / (1 - 0.9**count)
        v_hat = v / (1 - 0.999**count)
    else:
        m_hat, v_hat = m, v
    return w - 0.01 * m_hat / (jnp.sqrt(v_hat) + 1e-8), m, v
