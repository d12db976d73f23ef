import jax
import jax.numpy as jnp
import optax
from jax import lax


def train_linear_model(x, y, rates):
    optimiser = optax.sgd(lambda count: rates[count])

    def loss(params):
        return optax.squared_error(x @ params["w"] + params["b"], y).mean()

    def step(carry, _):
        params, state = carry
        value, gradient = jax.value_and_grad(loss)(params)
        updates, state = optimiser.update(gradient, state)
        return (optax.apply_updates(params, updates), state), value

    params = {"w": jnp.zeros(x.shape[1]), "b": jnp.zeros(())}
    (params, _), losses = lax.scan(step, (params, optimiser.init(params)), length=rates.size)
    return params["w"], params["b"], losses
