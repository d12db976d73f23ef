# /// allclose
# verdict = "wrong_answer"
# reason = "tree"
# message = "Only the debiased average comes back. Without the new state there would be no next update: return (new_state, debiased)."
# ///
import jax


def ema_of_parameters(state, params, decay):
    count = state["count"] + 1
    average = jax.tree.map(lambda a, p: decay * a + (1 - decay) * p, state["average"], params)
    return jax.tree.map(lambda a, p: (a / (1 - decay**count)).astype(p.dtype), average, params)
