import numpy as np


def public():
    return {"sum": (np.arange(3, dtype=np.float32), 2, "sum"), "mean": (np.arange(3, dtype=np.float32), 2, "mean")}


def hidden(rng):
    x = rng.normal(size=5).astype(np.float32)
    return {f"{how}_{power}": (x, power, how) for how in ("sum", "mean", "max") for power in (0, 3)}
