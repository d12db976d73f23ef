import numpy as np


def public():
    return {"one": (np.array([[2]], np.float32), np.array([[3]], np.float32))}


def hidden(rng):
    def array(*shape):
        return rng.normal(size=shape).astype(np.float32)

    return {f"size_{size}": (array(size, 1), array(1, 1)) for size in (1, 4)}
