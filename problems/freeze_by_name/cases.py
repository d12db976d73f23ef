import numpy as np

# Trees come back under several names: no leaf is zero in all of its cases.


def public():
    def arrays(*values):
        return [np.array(value, np.float32) for value in values]

    w, b, v, scale, last = arrays([[1.0, -2.0], [0.5, 3.0]], [4.0, 5.0], [[1.0, 2.0, 3.0]], [6.0, 7.0, 8.0], [9.0])
    tree = {"encoder": {"w": w, "bias": b}, "layers": [{"w": v, "bias_scale": scale}], "bias": last}
    return {"every_bias": (tree, "bias"), "whole_part": (tree, "encoder"), "whole_list": (tree, "layers")}


def hidden(rng):
    def array(*shape):
        return rng.normal(size=shape).astype(np.float32)

    def network():
        return {
            "embed": {"table": array(5, 2), "norm": array(2)},
            "layers": [
                {"weight": array(2, 3), "bias": array(3)},
                {"weight": array(3, 4), "bias": array(4), "inner": ({"norm": [array(4), array(1, 4)]}, array(6))},
            ],
            "norm1": array(7),
            "prenorm": {"bias": {"scale": array(2, 2), "offset": array(3)}, "Norm": array(8)},
        }

    def places():
        return [array(2), {"1": array(3)}, (array(4), array(1, 2))]

    overflowed = network()
    overflowed["embed"]["table"][0, 1], overflowed["embed"]["norm"][0] = np.inf, np.nan
    numbers = {"gain": array(), "offset": array()}
    return {
        "at_every_depth": (network(), "bias"),
        "similar_names": (network(), "norm"),
        "named_part": (network(), "embed"),
        "below_a_list": (network(), "inner"),
        "no_such_name": (network(), "nor"),
        "overflowed": (overflowed, "embed"),
        "positions_are_no_names": (places(), "1"),
        "no_dict_entered_so": (places(), "0"),
        "one_number": (numbers, "gain"),
        "other_number": (numbers, "offset"),
        "one_array": (array(7), "w"),
    }
