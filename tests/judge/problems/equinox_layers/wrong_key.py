# wrong_answer value
import equinox as eqx
import jax


def equinox_layers(key, width):
    return eqx.filter(eqx.nn.MLP(2, width, 4, 0, key=jax.random.split(key)[0]), eqx.is_array)
