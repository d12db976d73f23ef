import jax
import jax.numpy as jnp


def ema_of_parameters(state, params, decay):
    # The same average, as a step towards the parameters.
    count = state["count"] + 1
    wide = jax.tree.map(lambda p: p.astype(jnp.float32), params)
    average = jax.tree.map(lambda a, p: a + (1 - decay) * (p - a), state["average"], wide)
    scale = 1 / (1 - decay ** count.astype(jnp.float32))
    debiased = jax.tree.map(lambda a, p: jnp.asarray(a * scale, p.dtype), average, params)
    return {"count": count, "average": average}, debiased
