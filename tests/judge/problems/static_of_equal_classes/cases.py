import numpy as np


def public():
    x = np.arange(3, dtype=np.float32)
    return {"true": (x, {"by": True}), "whole": (x, {"by": 1}), "real": (x, {"by": 1.0})}


def hidden(rng):
    x = rng.normal(size=3).astype(np.float32)
    return {"true_again": (x, {"by": True}), "whole_again": (x, {"by": 1}), "real_again": (x, {"by": 1.0})}
