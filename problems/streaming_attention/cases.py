import numpy as np

# Q, D and E differ in every hidden case, and K is a multiple of 64.


def public():
    rng = np.random.default_rng(3)

    def array(*shape):
        return rng.normal(size=shape).astype(np.float32)

    growing = np.linspace(-20.0, 20.0, 128, dtype=np.float32)[:, None]
    waves = np.cos(np.arange(256.0, dtype=np.float32)).reshape(128, 2)
    return {
        "one_block": (array(2, 3), array(64, 3), array(64, 1)),
        # One query, and scores that grow from the first block to the second and from the second to the first.
        "growing": (np.array([[1.0]], np.float32), growing, waves),
        "falling": (np.array([[-1.0]], np.float32), growing, waves),
    }


def hidden(rng):
    def case(queries, keys, width, outputs, scale=1.0, trend=0.0):
        """Scores as large as ``scale``, and a trend along the keys that may grow or fall for each query."""
        q = rng.normal(size=(queries, width))
        k = scale * rng.normal(size=(keys, width))
        k += trend * np.linspace(-1.0, 1.0, keys)[:, None]
        v = rng.normal(size=(keys, outputs))
        return q.astype(np.float32), k.astype(np.float32), v.astype(np.float32)

    def far_below_zero(queries, keys, width, outputs):
        """Scores of some -180, so that none of their exponentials is a float32 number."""
        q, k, v = case(queries, keys, width, outputs)
        return q + np.float32(3.0), k - np.float32(120.0 / width), v

    return {
        "one_query": case(1, 128, 4, 2),
        "far_below_zero": far_below_zero(3, 128, 4, 2),
        "single_block": case(5, 64, 3, 4),
        "width_one": case(6, 192, 1, 3, scale=3.0),
        "large_scores": case(7, 256, 16, 5, scale=100.0),
        "drifting": case(9, 8192, 4, 3, trend=60.0),
        "many_queries": case(400, 1024, 8, 5),
        "many_keys": case(4, 24576, 5, 3, trend=8.0),
    }
