import jax


def ema_of_parameters(state, params, decay):
    count = state["count"]
    average = state["average"]
    # The new average, and what evaluation uses in place of the parameters.
    return {"count": count, "average": average}, params
