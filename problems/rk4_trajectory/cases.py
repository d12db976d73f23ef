import numpy as np

# No case has T = 2 but one: a trajectory that lies on its side would have the shape of a right answer there. Steps are long
# enough that a slip in the method shows, and runs are short enough that rounding does not grow.


def public():
    return {
        "let_go": (
            np.array([1.0, 0.0], np.float32),
            np.array([0.0, 0.5, 1.0, 1.5], np.float32),
            np.float32(0.0),
            np.float32(0.0),
        ),
        "one_driven_step": (
            np.array([0.0, 0.0], np.float32),
            np.array([0.0, 1.0], np.float32),
            np.float32(0.5),
            np.float32(1.0),
        ),
    }


def hidden(rng):
    def start():
        return rng.uniform(-1.5, 1.5, 2).astype(np.float32)

    def grid(count, first, step):
        # Steps of different lengths, all in the direction of the sign of step.
        lengths = step * rng.uniform(0.5, 1.5, count - 1)
        return (first + np.concatenate([[0.0], np.cumsum(lengths)])).astype(np.float32)

    def number(low, high):
        return np.float32(rng.uniform(low, high))

    top = np.array([rng.uniform(2.9, 3.1), rng.uniform(2.0, 2.5)], np.float32)
    # Two groups of cases with as many times, and so one program each.
    return {
        "only_the_start": (start(), grid(1, 0.7, 0.3), number(0.1, 0.5), number(0.5, 1.0)),
        "undamped": (start(), grid(9, 0.0, 0.3), np.float32(0.0), number(0.5, 1.0)),
        "over_the_top": (top, grid(9, 0.0, 0.3), np.float32(0.0), number(0.5, 1.0)),
        "not_driven": (start(), grid(23, 0.0, 0.4), number(0.2, 0.6), np.float32(0.0)),
        "uneven_steps": (start(), grid(23, 1.3, 0.4), number(0.3, 0.6), number(0.5, 1.0)),
        "back_in_time": (start(), grid(9, 5.0, -0.3), number(0.05, 0.1), number(0.5, 1.0)),
        "many_steps": (start(), grid(150, 0.0, 0.2), number(0.6, 0.9), number(0.3, 0.6)),
    }
