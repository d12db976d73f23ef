# wrong_answer tree
import equinox as eqx


def equinox_layers(key, width):
    return eqx.filter(eqx.nn.MLP(2, width, 4, 1, key=key), eqx.is_array)
