# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The for loop runs while the program is traced and writes a product and a sum for every coefficient. Keep the loop in the program: jax.lax.scan over the coefficients."
# ///
import jax.numpy as jnp


def horner(coefficients, x):
    value = jnp.zeros_like(x)
    for coefficient in coefficients:
        value = value * x + coefficient
    return value
