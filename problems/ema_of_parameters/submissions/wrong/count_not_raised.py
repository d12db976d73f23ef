# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The state keeps the old count, so the bias would be removed as if every update were the first. Return the raised one."
# ///
import jax


def ema_of_parameters(state, params, decay):
    average = jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, state["average"], params)
    weight = 1 - decay ** (state["count"] + 1)
    debiased = jax.tree.map(lambda a, p: (a / weight).astype(p.dtype), average, params)
    return {"count": state["count"], "average": average}, debiased
