import numpy as np

# All numbers are multiples of 1/8 and small, so that predictions are exact in float16 and no case is near a limit.


def _regression(weight, bias):
    return {"weight": np.asarray(weight, np.float32), "bias": np.float32(bias)}


def public():
    x = np.array([[1.0, 2.0], [0.5, -1.0], [-2.0, 0.5]], np.float32)
    y = np.array([1.0, 0.0, 2.0], np.float32)
    confident = np.array([[17.0, 0.5], [-18.0, 0.25], [17.5, -0.5], [-18.5, 0.0]], np.float32)
    return {
        "regression": {
            "good_step": (_regression([0.5, 1.0], 0.0), x, y, np.float32(0.125), np.float32(1024.0)),
            "overflow": (_regression([0.5, 1.0], 0.0), x, y, np.float32(0.125), np.float32(2.0**20)),
        },
        "classifier": {
            # Right on all examples, with gradients of some 1e-7 and a step size to match.
            "small_gradient": (
                (np.array([1.0, 0.0], np.float32),),
                confident,
                np.array([1.0, -1.0, 1.0, -1.0], np.float32),
                np.float32(2.0**20),
                np.float32(2.0**18),
            )
        },
    }


def hidden(rng):
    def eighths(low, high, *shape):
        return (rng.integers(8 * low, 8 * high, shape, endpoint=True) / 8).astype(np.float32)

    def regression(count, width, rate, scale, spread=2):
        """A model that predicts too much everywhere, so that nothing cancels in the gradient."""
        x = eighths(0, spread, count, width) + np.float32(0.5)
        params = _regression(eighths(0, 1, width), eighths(0, 1)[()])
        y = x @ params["weight"] + params["bias"] - eighths(1, 3, count)
        return params, x, y.astype(np.float32), np.float32(rate), np.float32(scale)

    def classifier(count, rate, scale):
        """Scores of 17 to 19 on the right side."""
        y = rng.choice([-1.0, 1.0], count).astype(np.float32)
        x = y[:, None] * np.stack([eighths(16, 17, count), eighths(1, 2, count), np.zeros(count)], axis=1)
        return (np.array([1.0, 1.0, -0.5], np.float32),), x.astype(np.float32), y, np.float32(rate), np.float32(scale)

    # One entry of the gradient overflows, that of the weight of the first input. All others are finite.
    params, x, _, rate, scale = regression(7, 5, 0.05, 2048.0)
    x = x * np.array([128.0, 1.0, 1.0, 1.0, 1.0], np.float32)
    y = (x @ params["weight"] + params["bias"] - eighths(1, 3, 7)).astype(np.float32)
    # The same at a scale of 1, with errors in the hundreds.
    steep = (x @ params["weight"] + params["bias"] - eighths(400, 500, 7)).astype(np.float32)
    return {
        "regression": {
            "one_example": regression(1, 4, 0.02, 256.0),
            "many_examples": regression(50, 3, 0.02, 1024.0),
            "everything_overflows": regression(7, 5, 0.05, 2.0**24),
            "one_entry_overflows": (params, x, y, rate, scale),
            # Each entry is finite in float16, and their sum would not be.
            "large_gradients": regression(7, 5, 0.05, 4096.0),
            "overflow_at_scale_one": (params, x, steep, rate, np.float32(1.0)),
            "unit_scale": regression(7, 5, 0.02, 1.0),
        },
        "classifier": {
            "small_gradients": classifier(5, 2.0**20, 2.0**18),
        },
    }
