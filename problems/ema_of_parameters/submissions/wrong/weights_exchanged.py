# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "decay multiplies the new parameters here, and the average forgets nearly everything at each update. It is the old average that is multiplied by decay, the parameters by 1 - decay."
# ///
import jax


def ema_of_parameters(state, params, decay):
    count = state["count"] + 1
    average = jax.tree.map(lambda a, p: (1 - decay) * a + decay * p, state["average"], params)
    weight = 1 - decay**count
    debiased = jax.tree.map(lambda a, p: (a / weight).astype(p.dtype), average, params)
    return {"count": count, "average": average}, debiased
