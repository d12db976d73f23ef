import jax
import jax.numpy as jnp
from jax import lax


def train_linear_model(x, y, rates):
    # b as the weight of an input that is always 1. All parameters on the way are kept, and the losses come at the end.
    x = jnp.column_stack([x, jnp.ones(x.shape[0])])

    def loss(w):
        return jnp.mean(jnp.square(x @ w - y))

    w, visited = lax.scan(lambda w, rate: (w - rate * jax.grad(loss)(w), w), jnp.zeros(x.shape[1]), rates)
    return w[:-1], w[-1], jax.vmap(loss)(visited)
