import numpy as np


def _data(rng, n, d):
    return tuple(rng.normal(size=shape).astype(np.float32) for shape in (d, (n, d), n))


def public():
    data = _data(np.random.default_rng(0), 3, 2)
    return {"loss": {"small": data}, "update": {"small": (*data, np.float32(0.1))}}


def hidden(rng):
    data = _data(rng, 7, 3)
    return {"loss": {"hidden": data}, "update": {"hidden": (*data, np.float32(rng.uniform(0.01, 0.2)))}}
