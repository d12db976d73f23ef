import jax
import jax.numpy as jnp
import optax


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clip_per_example(params, x, y, limit):
    clip = optax.clip_by_global_norm(limit)

    def add(total, example):
        clipped, _ = clip.update(jax.grad(loss)(params, *example), clip.init(params))
        return jax.tree.map(jnp.add, total, clipped), None

    # One example after the other: no more than one gradient is held at a time.
    total, _ = jax.lax.scan(add, jax.tree.map(jnp.zeros_like, params), (x, y))
    return jax.tree.map(lambda leaf: leaf / x.shape[0], total)
