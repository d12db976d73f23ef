import jax


def sgd_step(loss, params, x, y, rate):
    # loss is a function: loss(params, x, y) is one number.
    value = loss(params, x, y)
    return params, value
