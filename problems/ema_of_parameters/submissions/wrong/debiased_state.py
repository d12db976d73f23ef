# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The debiased average was put into the state, so that the next update would start from a wrong sum of weights and correct it again. Keep the plain average, and debias only what is returned beside it."
# ///
import jax


def ema_of_parameters(state, params, decay):
    count = state["count"] + 1
    average = jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, state["average"], params)
    debiased = jax.tree.map(lambda a: a / (1 - decay**count), average)
    return {"count": count, "average": debiased}, jax.tree.map(lambda a, p: a.astype(p.dtype), debiased, params)
