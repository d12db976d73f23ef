import jax
import numpy as np


def _variables(array, inputs):
    first = {"kernel": array(inputs, 3), "bias": array(3)}
    return {"params": {"Dense_0": first, "Dense_1": {"kernel": array(3, 2), "bias": array(2)}}}


def public():
    def array(*shape):
        return np.linspace(-1, 1, int(np.prod(shape)), dtype=np.float32).reshape(shape)

    x = np.array([[1, -2]], np.float32)
    return {"init": {"two_inputs": (jax.random.key(3), x[0])}, "apply": {"one_row": (_variables(array, 2), x)}}


def hidden(rng):
    def array(*shape):
        return rng.normal(size=shape).astype(np.float32)

    key = jax.random.key(int(rng.integers(1 << 20)))
    return {
        "init": {"four_inputs": (key, array(4))},
        "apply": {f"rows_{rows}": (_variables(array, 4), array(rows, 4)) for rows in (2, 3)},
    }
