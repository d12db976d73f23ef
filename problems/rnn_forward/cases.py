import numpy as np

# B, T, D and H differ within each case. The weights of the state are small enough that no error grows along a sequence.


def public():
    def array(values):
        return np.array(values, np.float32)

    params = {"w_x": array([[0.5, -0.5]]), "w_h": array([[0.0, 0.5], [-1.0, 0.25]]), "b": array([0.0, 0.5])}
    return {
        "one_sequence": (params, array([[0.0, 0.0]]), array([[[1.0], [0.0], [-1.0]]])),
        "two_sequences": (
            params,
            array([[1.0, -1.0], [0.5, 0.0], [0.0, 0.0]]),
            array([[[2.0], [0.0]], [[0.0], [-3.0]], [[1.0], [1.0]]]),
        ),
    }


def hidden(rng):
    def network(batch, steps, features, units, scale=1.0):
        params = {
            "w_x": rng.normal(size=(features, units)) / np.sqrt(features),
            # The largest singular value is 0.9: a difference between two states shrinks with each step.
            "w_h": 0.9 * np.linalg.qr(rng.normal(size=(units, units)))[0],
            "b": rng.normal(size=units),
        }
        start = rng.uniform(-1.0, 1.0, (batch, units))
        x = scale * rng.normal(size=(batch, steps, features))
        return {name: value.astype(np.float32) for name, value in params.items()}, *(
            each.astype(np.float32) for each in (start, x)
        )

    return {
        "one_step": network(2, 1, 3, 4),
        "single_sequence": network(1, 6, 2, 5),
        "one_unit": network(3, 4, 2, 1),
        "one_feature": network(4, 9, 1, 3),
        "ordinary": network(3, 12, 5, 8),
        # The sizes of ordinary, and so its program.
        "large_inputs": network(3, 12, 5, 8, scale=20.0),
        "many_steps": network(2, 150, 3, 4),
    }
