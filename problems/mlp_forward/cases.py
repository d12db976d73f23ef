import numpy as np

# No two neighbouring sizes are the same, so a transposed matrix does not fit.


def public():
    def array(values):
        return np.array(values, np.float32)

    return {
        "one_layer": ([(array([[1.0, 0.0], [0.0, 2.0], [-1.0, 1.0]]), array([1.0, -1.0]))], array([[-2.0, 2.0, 2.0]])),
        "two_layers": (
            [
                (array([[1.0, -1.0, 0.0], [2.0, 0.0, 1.0]]), array([0.0, 1.0, -2.0])),
                (array([[1.0], [-2.0], [3.0]]), array([-0.5])),
            ],
            array([[1.0, 1.0], [-1.0, 0.0], [0.0, 3.0], [-2.0, -2.0]]),
        ),
    }


def hidden(rng):
    def network(examples, *sizes, scale=1.0):
        params = [
            (
                (rng.normal(size=(inputs, outputs)) * np.sqrt(2 / inputs)).astype(np.float32),
                rng.normal(size=outputs).astype(np.float32),
            )
            for inputs, outputs in zip(sizes[:-1], sizes[1:], strict=True)
        ]
        return params, (scale * rng.normal(size=(examples, sizes[0]))).astype(np.float32)

    # The shape of sixteen_units, and so its program; large_inputs has it too.
    params, x = network(9, 5, 16, 3)
    dead = [(params[0][0], params[0][1] - np.float32(1000.0)), params[1]]
    return {
        "one_example_one_layer": network(1, 3, 2),
        "single_numbers": network(5, 1, 2, 1),
        "sixteen_units": network(9, 5, 16, 3),
        "five_layers": network(7, 6, 11, 2, 12, 5, 2),
        "narrow_in_the_middle": network(4, 8, 1, 6),
        "every_unit_off": (dead, x),
        "large_inputs": network(9, 5, 16, 3, scale=30.0),
    }
