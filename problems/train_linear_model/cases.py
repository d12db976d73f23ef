import numpy as np


def public():
    x = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, -1.0]], np.float32)
    y = np.array([1.0, 3.0, 3.0, 0.0], np.float32)
    return {
        "one_step": (x, y, np.array([0.125], np.float32)),
        "three_steps": (x, y, np.array([0.25, 0.125, 0.0625], np.float32)),
    }


def hidden(rng):
    def run(examples, inputs, steps, most=0.15):
        x = rng.normal(size=(examples, inputs)) + 0.25
        y = x @ rng.normal(size=inputs) + 1.0 + 0.5 * rng.normal(size=examples)
        # Rates that differ from step to step, and are small enough to converge.
        rates = rng.uniform(0.3, 1.0, steps) * most / max(1.0, inputs / 4)
        return x.astype(np.float32), y.astype(np.float32), rates.astype(np.float32)

    return {
        "single_step": run(9, 4, 1),
        "one_example": run(1, 2, 5, most=0.08),
        "one_input": run(13, 1, 7),
        "eleven_steps": run(30, 5, 11),
        "more_inputs_than_examples": run(6, 8, 10),
        "long_run": run(40, 3, 100),
    }
