# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The sum of entries may be infinite in float16 although each of them is finite. Ask every entry."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    scaled = jax.grad(lambda p: scale * loss(p, x, y))(half)
    finite = jnp.all(jnp.array([jnp.isfinite(g.sum()) for g in jax.tree.leaves(scaled)]))

    def step(p, g):
        return jnp.where(finite, p - rate * (g.astype(jnp.float32) / scale), p)

    return jax.tree.map(step, params, scaled), jnp.where(finite, scale, scale / 2)
