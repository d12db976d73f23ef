import jax
import jax.numpy as jnp


def ema_of_parameters(state, params, decay):
    leaves, structure = jax.tree.flatten(params)
    count = state["count"] + 1
    weight = -jnp.expm1(count * jnp.log(decay))
    averages, debiased = [], []
    for average, p in zip(jax.tree.leaves(state["average"]), leaves, strict=True):
        average = decay * average + (1 - decay) * p
        averages.append(average)
        debiased.append((average / weight).astype(p.dtype))
    return {"count": count, "average": structure.unflatten(averages)}, structure.unflatten(debiased)
