import numpy as np

# N, D and H differ in every case. The largest has D * H + H = 1,300 parameters: its Hessian is a matrix of 1,690,000
# numbers.


def public():
    params = {
        "hidden": np.array([[1.0, -0.5], [0.0, 0.5], [0.5, 1.0]], np.float32),
        "out": np.array([1.0, -2.0], np.float32),
    }
    along_out = {"hidden": np.zeros((3, 2), np.float32), "out": np.array([1.0, 0.0], np.float32)}
    everywhere = {"hidden": np.full((3, 2), 0.5, np.float32), "out": np.array([1.0, -1.0], np.float32)}
    x = np.array([[1.0, 0.0, 0.0], [0.0, 2.0, -1.0], [1.0, 1.0, 0.0], [-1.0, 0.0, 1.0]], np.float32)
    y = np.array([1.0, 0.0, -1.0, 2.0], np.float32)
    return {"along_one_weight": (params, along_out, x, y), "along_all": (params, everywhere, x, y)}


def hidden(rng):
    def draw(*shape, scale=1.0):
        return (scale * rng.normal(size=shape)).astype(np.float32)

    def problem(count, inputs, units, direction=1.0):
        params = {"hidden": draw(inputs, units, scale=inputs**-0.5), "out": draw(units, scale=units**-0.5)}
        v = {"hidden": draw(inputs, units, scale=direction), "out": draw(units, scale=direction)}
        return params, v, draw(count, inputs), draw(count)

    at_zero = problem(6, 4, 5)
    at_zero[0]["out"][:] = 0.0
    return {
        "one_example": problem(1, 3, 2),
        "one_unit": problem(7, 4, 1),
        "one_input": problem(4, 1, 6),
        "output_weights_zero": at_zero,
        "no_direction": problem(9, 5, 4, direction=0.0),
        "long_direction": problem(9, 5, 4, direction=10.0),
        "many_parameters": problem(60, 12, 100),
    }
