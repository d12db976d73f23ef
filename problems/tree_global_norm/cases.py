import numpy as np


def public():
    return {
        "two_leaves": ({"a": np.float32(3.0), "b": np.array([0.0, -4.0], np.float32)},),
        "no_leaves": ({},),
        "nested": ([np.array([[1.0, 2.0], [3.0, 4.0]], np.float32), {"deep": (np.array([1.0, -1.0], np.float32),)}],),
    }


def hidden(rng):
    def array(*shape, scale=1.0):
        return (scale * rng.normal(size=shape)).astype(np.float32)

    def tuples(scale=1.0):
        a, b, c, d = (array(*shape, scale=scale) for shape in [(2,), (1, 5), (3, 1, 2), (7,)])
        return (a, (b, ((c,),))), d

    return {
        "one_array": (array(3, 4),),
        "nothing_inside": ({"a": [], "b": {}},),
        "one_number": ({"scale": np.float32(-rng.uniform(1.0, 2.0))},),
        "network": (
            {
                "embedding": array(9, 4),
                "layers": [{"w": array(4, 6), "b": array(6)}, {"w": array(6, 2), "b": array(2)}],
                "filters": array(3, 3, 2, 4),
                "temperature": np.float32(rng.uniform(0.5, 2.0)),
            },
        ),
        "tuples_in_tuples": (tuples(),),
        "some_leaves_empty": ({"used": array(5), "unused": array(0, 3)},),
        "small_numbers": (tuples(scale=1e-6),),
        "scales_differ": ({"small": array(200, scale=0.01), "large": array(3, scale=1e6), "middle": [array(50)]},),
    }
