import numpy as np


def _line(slope, offset):
    return np.float32(slope), np.float32(offset)


def public():
    x = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], np.float32)
    y = np.array([1.0, 0.0, 3.0, 5.0, 4.0, 9.0], np.float32)
    network = {
        "hidden": np.array([[0.5, -0.5, 1.0], [0.25, 1.0, -1.0]], np.float32),
        "out": np.array([1.0, -1.0, 0.5], np.float32),
    }
    points = np.array([[1.0, 2.0], [0.0, -1.0], [0.5, 0.5], [-1.0, 3.0]], np.float32)
    return {
        "line": {
            "two_micro_batches": (_line(1.0, 0.0), x[:4], y[:4], 2),
            "threes": (_line(2.0, -1.0), x, y, 3),
        },
        "network": {"four_examples": (network, points, np.array([1.0, 0.0, -1.0, 2.0], np.float32), 2)},
    }


def hidden(rng):
    def array(*shape, scale=1.0):
        return (scale * rng.normal(size=shape)).astype(np.float32)

    def line(count, size):
        return _line(*rng.normal(size=2)), array(count), array(count), size

    def network(count, inputs, width, size):
        params = {"hidden": array(inputs, width, scale=inputs**-0.5), "out": array(width, scale=width**-0.5)}
        return params, array(count, inputs), array(count), size

    return {
        "line": {"one_example": line(1, 1), "one_by_one": line(11, 1), "sevens": line(91, 7)},
        "network": {
            "one_micro_batch": network(6, 4, 5, 6),
            "three_micro_batches": network(15, 3, 7, 5),
            "wide_hidden_layer": network(2048, 24, 256, 32),
        },
    }
