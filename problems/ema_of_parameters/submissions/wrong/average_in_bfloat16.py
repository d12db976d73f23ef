# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "The average has taken on the dtype of the parameters, and in bfloat16 most updates are rounded off. Keep the state in float32 and convert only the debiased copy."
# ///
import jax


def ema_of_parameters(state, params, decay):
    count = state["count"] + 1
    average = jax.tree.map(lambda a, p: (decay * a + (1 - decay) * p).astype(p.dtype), state["average"], params)
    weight = 1 - decay**count
    debiased = jax.tree.map(lambda a, p: (a / weight).astype(p.dtype), average, params)
    return {"count": count, "average": average}, debiased
