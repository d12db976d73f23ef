import jax.numpy as jnp
import numpy as np

BFLOAT16 = jnp.bfloat16


def _state(count, average):
    return {"count": np.int32(count), "average": average}


def public():
    zeros = {"w": np.zeros(3, np.float32), "b": np.float32(0.0)}
    params = {"w": np.array([1.0, -2.0, 0.5], np.float32), "b": np.float32(4.0)}
    average = {"w": np.array([0.5, -1.0, 0.0], np.float32), "b": np.float32(3.0)}
    return {
        "first_update": (_state(0, zeros), params, np.float32(0.75)),
        "third_update": (_state(2, average), params, np.float32(0.5)),
        "bfloat16": (
            _state(4, [np.array([0.25, 0.5], np.float32)]),
            [np.array([1.0, 3.0], BFLOAT16)],
            np.float32(0.875),
        ),
    }


def hidden(rng):
    def array(*shape, dtype=np.float32, scale=1.0):
        return np.asarray(scale * rng.normal(size=shape)).astype(dtype)

    def network(dtype, scale=1.0):
        """A tree of three kinds of containers; the last leaf is always float32."""
        layer = array(3, 4, dtype=dtype, scale=scale), {"bias": array(4, dtype=dtype, scale=scale)}
        return [layer, array(scale=scale)]

    def decay(low=0.5, high=0.99):
        return np.float32(rng.uniform(low, high))

    zeros = [(np.zeros((3, 4), np.float32), {"bias": np.zeros(4, np.float32)}), np.float32(0.0)]
    return {
        "first_of_network": (_state(0, zeros), network(BFLOAT16), decay()),
        "sixth_of_network": (_state(5, network(np.float32, 0.5)), network(BFLOAT16), decay(0.9)),
        "all_float32": (_state(11, network(np.float32, 0.5)), network(np.float32), decay(0.95)),
        "after_many": (_state(5000, network(np.float32)), network(BFLOAT16), decay(0.9)),
        "lone_array": (_state(1, array(7)), array(7), decay()),
    }
