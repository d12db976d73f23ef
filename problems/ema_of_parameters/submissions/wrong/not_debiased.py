# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The average that is to be used still carries the weight of the zeros it started from. Divide it by 1 - decay**count."
# ///
import jax


def ema_of_parameters(state, params, decay):
    count = state["count"] + 1
    average = jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, state["average"], params)
    return {"count": count, "average": average}, jax.tree.map(lambda a, p: a.astype(p.dtype), average, params)
