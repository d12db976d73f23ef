# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "The debiased average is float32 throughout. It takes the place of the parameters, so each array has to have the dtype of its parameter: .astype(p.dtype)."
# ///
import jax


def ema_of_parameters(state, params, decay):
    count = state["count"] + 1
    average = jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, state["average"], params)
    return {"count": count, "average": average}, jax.tree.map(lambda a: a / (1 - decay**count), average)
