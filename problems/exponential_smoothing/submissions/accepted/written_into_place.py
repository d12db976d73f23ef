from jax import lax


def exponential_smoothing(x, alpha):
    # The result begins as a copy of the input, and each turn replaces one row.
    def turn(time, smoothed):
        before = smoothed[time - 1]
        return smoothed.at[time].set(before + alpha * (x[time] - before))

    return lax.fori_loop(1, x.shape[0], turn, x)
