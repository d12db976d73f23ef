# wrong_answer shape
import equinox as eqx


def equinox_layers(key, width):
    return eqx.filter(eqx.nn.MLP(2, width + 1, 4, 0, key=key), eqx.is_array)
