import jax
import jax.numpy as jnp


def ema_of_parameters(state, params, decay):
    count = state["count"] + 1

    def update(average, p):
        return decay * average + (1 - decay) * p.astype(average.dtype)

    average = jax.tree.map(update, state["average"], params)
    weight = 1 - decay**count
    debiased = jax.tree.map(lambda average, p: (average / weight).astype(p.dtype), average, params)
    return {"count": count, "average": average}, debiased
