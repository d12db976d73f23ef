import numpy as np

# The sizes of a case differ where they are not 1: nothing has the right shape by accident.


def public():
    def arrays(*values):
        return [np.array(value, np.float32) for value in values]

    w, b, u, c, x = arrays(
        [[1.0], [-1.0]], [0.5], [[1.0], [2.0], [-1.0]], [0.0, 1.0, 10.0], [[0.25, 0.75], [1.0, -0.5]]
    )
    first = ({"body": {"w": w, "b": b}, "heads": {"w": u, "b": c}}, x)
    w, b, u, c, x = arrays(
        [[0.5, -1.0, 0.25]],
        [0.0, 0.5, -0.5],
        [[1.0, 1.0, 1.0], [2.0, 0.0, -4.0]],
        [0.5, -0.5],
        [[1.0], [0.0], [-2.0], [4.0]],
    )
    return {"two_inputs": first, "four_inputs": ({"body": {"w": w, "b": b}, "heads": {"w": u, "b": c}}, x)}


def hidden(rng):
    def ensemble(members, inputs, length, width, scale=1.0):
        def draw(*shape):
            return rng.normal(size=shape).astype(np.float32)

        body = {"w": draw(length, width) / np.float32(np.sqrt(length)), "b": draw(width)}
        heads = {"w": draw(members, width), "b": draw(members)}
        return {"body": body, "heads": heads}, np.float32(scale) * draw(inputs, length)

    return {
        "one_member": ensemble(1, 5, 3, 4),
        "one_input": ensemble(4, 1, 3, 2),
        "one_feature": ensemble(6, 3, 2, 1),
        "one_coordinate": ensemble(3, 7, 1, 5),
        # The sizes of many_members, and so its program.
        "saturated": ensemble(12, 3, 2, 6, scale=30.0),
        "many_members": ensemble(12, 3, 2, 6),
        "many_inputs": ensemble(3, 200, 8, 32),
    }
