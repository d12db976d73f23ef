# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The bias is computed with the number of updates before this one. At the first update that is 0, and the division is by 1 - decay**0 = 0. Raise the count first."
# ///
import jax


def ema_of_parameters(state, params, decay):
    average = jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, state["average"], params)
    weight = 1 - decay ** state["count"]
    debiased = jax.tree.map(lambda a, p: (a / weight).astype(p.dtype), average, params)
    return {"count": state["count"] + 1, "average": average}, debiased
