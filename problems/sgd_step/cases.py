import numpy as np


def _line(slope, offset):
    return {"slope": np.float32(slope), "offset": np.float32(offset)}


def _array(rng, *shape):
    return rng.normal(size=shape).astype(np.float32)


def _network(rng, inputs, *widths):
    """Hidden layers as dicts, the last one as a tuple."""
    layers = []
    for width in widths:
        layers.append({"weight": _array(rng, inputs, width), "bias": _array(rng, width)})
        inputs = width
    return [*layers, (_array(rng, inputs), _array(rng))]


def public():
    x = np.array([0.0, 1.0, 2.0], np.float32)
    rng = np.random.default_rng(1)
    return {
        "line": {"three_points": (_line(1.0, 0.0), x, 2.0 * x + 1.0, np.float32(0.1))},
        "network": {"one_layer": (_network(rng, 2, 3), _array(rng, 4, 2), _array(rng, 4), np.float32(0.1))},
        "single_array": {
            "two_points": (
                np.array([0.5, -0.5, 0.0], np.float32),
                np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]], np.float32),
                np.array([1.0, -1.0], np.float32),
                np.float32(0.5),
            )
        },
    }


def hidden(rng):
    def rate():
        return np.float32(rng.uniform(0.05, 0.3))

    def labels(size):
        return rng.choice([-1.0, 1.0], size).astype(np.float32)

    def points(size):
        return _line(*rng.normal(size=2)), _array(rng, size), _array(rng, size), rate()

    return {
        "line": {"one_point": points(1), "many_points": points(200)},
        "network": {
            "no_hidden_layer": (_network(rng, 3), _array(rng, 5, 3), _array(rng, 5), rate()),
            "two_layers": (_network(rng, 4, 6, 5), _array(rng, 17, 4), _array(rng, 17), rate()),
        },
        "single_array": {"eleven_examples": (_array(rng, 4), _array(rng, 11, 4), labels(11), rate())},
    }
