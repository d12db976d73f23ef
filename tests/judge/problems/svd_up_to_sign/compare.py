import jax.numpy as jnp


def compare(inputs, expected, got):
    (a,) = inputs
    rebuilt = (got["u"] * got["s"]) @ got["vt"]
    identity = jnp.eye(got["s"].size)
    errors = [
        jnp.abs(rebuilt - a).max(),
        jnp.abs(got["u"].T @ got["u"] - identity).max(),
        jnp.abs(got["vt"] @ got["vt"].T - identity).max(),
        jnp.abs(got["s"] - expected["s"]).max(),
    ]
    scale = 1 + expected["s"].max()
    return jnp.stack(errors), jnp.full(4, 2e-4 * scale)
