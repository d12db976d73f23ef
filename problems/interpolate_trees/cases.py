import ml_dtypes
import numpy as np


def public():
    def arrays(*values):
        return [np.array(value, np.float32) for value in values]

    w, b, v, c = arrays(
        [[1.0, 2.0], [0.0, -1.0], [4.0, 4.0]], [0.5, 0.5], [[3.0, 2.0], [1.0, 1.0], [0.0, 8.0]], [-0.5, 1.5]
    )
    return {
        "a_quarter": ({"w": w, "b": b}, {"w": v, "b": c}, np.float32(0.25)),
        "rough_and_nested": (
            [{"w": w.astype(ml_dtypes.bfloat16)}, (b, np.float32(2.0))],
            [{"w": v.astype(ml_dtypes.bfloat16)}, (c, np.float32(-1.0))],
            np.float32(0.5),
        ),
    }


def hidden(rng):
    def array(*shape, dtype=np.float32):
        return rng.normal(size=shape).astype(dtype)

    def network(dtype):
        return {
            "layers": [{"w": array(4, 3, dtype=dtype), "b": array(3)}, {"w": array(3, 2, dtype=dtype), "b": array(2)}],
            "scales": (array(1), array()),
        }

    def number(low, high):
        return np.float32(rng.uniform(low, high))

    return {
        "one_array": (array(5, 2), array(5, 2), number(0.2, 0.8)),
        "network": (network(np.float32), network(np.float32), number(0.1, 0.4)),
        "rough_network": (network(ml_dtypes.bfloat16), network(ml_dtypes.bfloat16), number(0.6, 0.9)),
        "at_the_start": ((array(4), [array(2, 3)]), (array(4), [array(2, 3)]), np.float32(0.0)),
        "at_the_end": ({"x": array(6)}, {"x": array(6)}, np.float32(1.0)),
        "beyond_the_end": ({"x": {"y": array(3)}}, {"x": {"y": array(3)}}, number(1.2, 2.0)),
        "before_the_start": ([array(1, 7)], [array(1, 7)], number(-1.0, -0.2)),
    }
