import numpy as np


def _map(function, tree):
    if isinstance(tree, dict):
        return {name: _map(function, part) for name, part in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(_map(function, part) for part in tree)
    return function(tree)


def _state(count, mean, square):
    return {"count": np.int32(count), "mean": mean, "square": square}


def _new_state(params):
    return _state(0, _map(np.zeros_like, params), _map(np.zeros_like, params))


def public():
    params = {"w": np.array([1.0, -2.0, 0.5], np.float32), "b": np.float32(0.25)}
    gradient = {"w": np.array([0.5, 4.0, 0.0], np.float32), "b": np.float32(-100.0)}
    mean = {"w": np.array([0.5, 2.0, 0.0], np.float32), "b": np.float32(-50.0)}
    square = {"w": np.array([0.25, 3.0, 0.0], np.float32), "b": np.float32(2000.0)}
    return {
        "first_step": (params, gradient, _new_state(params), np.float32(0.1)),
        "later_step": (params, gradient, _state(20, mean, square), np.float32(0.1)),
        "tiny_gradient": (
            [np.array([0.001, -0.001], np.float32)],
            [np.array([2e-8, -1e-8], np.float32)],
            _new_state([np.zeros(2, np.float32)]),
            np.float32(0.01),
        ),
    }


def hidden(rng):
    def array(*shape):
        """Numbers of either sign, none of them near 0, so that no digits cancel where a step is subtracted."""
        return (rng.choice([-1.0, 1.0], shape) * rng.uniform(0.5, 2.0, shape)).astype(np.float32)

    def layers():
        """A tree like a network's: a list of a tuple, a dict and a lone array."""
        return [(array(3, 4), array(4)), {"out": array(4, 1)}, array()]

    def mean_of(gradient):
        """What the mean could have become: of the gradient's sign, as after some steps in one direction."""
        return _map(lambda g: (g * rng.uniform(0.3, 1.5, g.shape)).astype(np.float32), gradient)

    def square_of(gradient):
        return _map(lambda g: (g * g * rng.uniform(0.5, 2.0, g.shape)).astype(np.float32), gradient)

    def rate():
        return np.float32(rng.uniform(0.01, 0.1))

    def later(params, gradient, count):
        return params, gradient, _state(count, mean_of(gradient), square_of(gradient)), rate()

    start = layers()
    tiny = {"w": 1e-8 * array(6)}
    return {
        "first_of_network": (start, layers(), _new_state(start), rate()),
        "eighth_of_network": later(layers(), layers(), 7),
        "long_trained": later(layers(), layers(), 20_000),
        "lone_array": later(array(5), 10.0 * array(5), 2),
        # Gradients as small as eps.
        "small_gradients": ({"w": array(6)}, tiny, _new_state(tiny), rate()),
    }
