import jax
import jax.numpy as jnp


def binary_cross_entropy_with_logits(logits, labels):
    yes = jax.nn.log_sigmoid(logits)
    no = jax.nn.log_sigmoid(-logits)
    return jnp.mean(-labels * yes - (1.0 - labels) * no)
