# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The comprehension runs while the program is traced and writes one more evaluation down for each time. Let vmap map over the times."
# ///
import jax
import jax.numpy as jnp


def position(t, damping, frequency):
    return jnp.exp(-damping * t) * jnp.cos(frequency * t)


def third_derivative(times, damping, frequency):
    jerk = jax.jit(jax.grad(jax.grad(jax.grad(position))))
    return jnp.stack([jerk(t, damping, frequency) for t in times])
