import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    def scaled_loss(params):
        return loss(jax.tree.map(lambda p: p.astype(jnp.float16), params), x, y) * scale

    gradient = jax.grad(scaled_loss)(params)
    bad = sum(jnp.sum(~jnp.isfinite(g)) for g in jax.tree.leaves(gradient))

    def step(params):
        return jax.tree.map(lambda p, g: p - rate * (g / scale), params, gradient), scale

    return jax.lax.cond(bad == 0, step, lambda params: (params, 0.5 * scale), params)
