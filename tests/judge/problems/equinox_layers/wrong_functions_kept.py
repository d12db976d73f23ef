# wrong_answer tree
import equinox as eqx


def equinox_layers(key, width):
    return eqx.nn.MLP(2, width, 4, 0, key=key)
