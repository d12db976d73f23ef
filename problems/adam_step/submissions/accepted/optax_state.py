import jax
import optax


def adam_step(params, gradient, state, rate):
    before = optax.ScaleByAdamState(state["count"], state["mean"], state["square"])
    updates, after = optax.scale_by_adam().update(gradient, before)
    params = jax.tree.map(lambda p, u: p - rate * u, params, updates)
    return params, {"count": after.count, "mean": after.mu, "square": after.nu}
