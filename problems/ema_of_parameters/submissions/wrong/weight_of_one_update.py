# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "1 - decay is the sum of the weights after the first update only. After t updates it is 1 - decay**t."
# ///
import jax


def ema_of_parameters(state, params, decay):
    count = state["count"] + 1
    average = jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, state["average"], params)
    debiased = jax.tree.map(lambda a, p: (a / (1 - decay)).astype(p.dtype), average, params)
    return {"count": count, "average": average}, debiased
