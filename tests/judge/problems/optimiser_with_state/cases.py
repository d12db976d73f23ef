import numpy as np


def _params(rng):
    return {"w": rng.normal(size=(3, 2)).astype(np.float32), "b": [rng.normal(size=2).astype(np.float32), None]}


def public():
    rng = np.random.default_rng(0)
    return {"initial_state": {"zeros": (_params(rng),)}, "train": {"one_step": (_params(rng), _params(rng), 1)}}


def hidden(rng):
    return {
        "initial_state": {"other": (_params(rng),)},
        "train": {f"steps_{steps}": (_params(rng), _params(rng), steps) for steps in (2, 7)},
    }
