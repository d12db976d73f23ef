import equinox as eqx
import jax


def equinox_layers(key, width):
    arrays, _ = eqx.partition(eqx.nn.MLP(2, width, 4, 0, activation=jax.numpy.tanh, key=key), eqx.is_inexact_array)
    return arrays
