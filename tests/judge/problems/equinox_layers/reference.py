import equinox as eqx
import jax


def equinox_layers(key, width):
    return eqx.filter(eqx.nn.MLP(2, width, 4, 0, activation=jax.nn.relu, key=key), eqx.is_array)
