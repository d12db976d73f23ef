import jax
import jax.numpy as jnp


def momentum(rate, decay):
    def update(gradient, state):
        leaves, kind = jax.tree.flatten(gradient)
        new = [decay * s + g for s, g in zip(jax.tree.leaves(state), leaves)]
        return jax.tree.unflatten(kind, [-rate * s for s in new]), jax.tree.unflatten(kind, new)

    return lambda params: jax.tree.map(lambda p: 0 * p, params), update
