import jax
import optax


def sgd_step(loss, params, x, y, rate):
    optimiser = optax.sgd(rate)
    value, gradient = jax.value_and_grad(loss)(params, x, y)
    updates, _ = optimiser.update(gradient, optimiser.init(params))
    return optax.apply_updates(params, updates), value
