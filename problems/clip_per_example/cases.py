import numpy as np

# N, D and H differ in every case. Rows of zeros with a true value of zero have a gradient of exactly zero as long as the
# biases of the hidden layer are zero.


def public():
    params = {
        "hidden": {"w": np.array([[0.5, -0.5], [1.0, 0.0], [0.0, 1.0]], np.float32), "b": np.zeros(2, np.float32)},
        "out": np.array([1.0, 2.0], np.float32),
    }
    x = np.array([[2.0, 0.0, 0.0], [0.0, 1.0, -1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.5]], np.float32)
    y = np.array([1.0, 3.0, 0.0, 0.5], np.float32)
    return {"one_is_zero": (params, x, y, np.float32(2.0))}


def lengths(params, x, y):
    """The length of each example's gradient, so that limits can be drawn that clip some of them."""
    hidden = np.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    d_prediction = 2.0 * (hidden @ params["out"] - y)
    d_sum = d_prediction[:, None] * params["out"] * (1.0 - hidden**2)
    square = (d_prediction**2) * (hidden**2).sum(1) + (d_sum**2).sum(1) * (1.0 + (x**2).sum(1))
    return np.sqrt(square)


def hidden(rng):
    def draw(*shape, scale=1.0):
        return (scale * rng.normal(size=shape)).astype(np.float32)

    def problem(count, inputs, units, biases=1.0, scale=1.0):
        params = {
            "hidden": {"w": draw(inputs, units, scale=inputs**-0.5), "b": draw(units, scale=biases)},
            "out": draw(units, scale=units**-0.5),
        }
        # All true values lie beyond what the network can reach, on one side: no error is small by accident.
        distance = np.abs(params["out"]).sum() + scale * rng.uniform(0.5, 3.0, count)
        return params, draw(count, inputs), (rng.choice([-1.0, 1.0]) * distance).astype(np.float32)

    def limited(params, x, y, share, factor=1.0):
        """A limit that about so large a share of the gradients stays below, times a factor."""
        found = lengths(params, x, y)
        return params, x, y, np.float32(factor * np.quantile(found[found > 0], share))

    params, x, y = problem(11, 4, 3, biases=0.0)
    x[2::3], y[2::3] = 0.0, 0.0
    return {
        "one_example": limited(*problem(1, 3, 2), 1.0, factor=0.3),
        "some_clipped": limited(*problem(11, 4, 3), rng.uniform(0.4, 0.6)),
        "none_clipped": limited(*problem(11, 4, 3), 1.0, factor=1.5),
        "all_clipped": limited(*problem(5, 6, 1), 0.0, factor=0.01),
        "padded_batch": limited(params, x, y, rng.uniform(0.4, 0.6)),
        "large_errors": limited(*problem(6, 1, 4, scale=1000.0), 0.0, factor=1e-3),
        "many_examples": limited(*problem(120, 5, 8), rng.uniform(0.2, 0.8)),
    }
