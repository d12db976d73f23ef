# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The list comprehension runs while the program is traced and writes the sum down once per row. Import jax and return jax.vmap(sum_of_squares)(batch), which writes it down once."
# ///
import jax.numpy as jnp


def sum_of_squares(vector):
    return jnp.sum(vector**2)


def sum_of_squares_batch(batch):
    return jnp.stack([sum_of_squares(row) for row in batch])
