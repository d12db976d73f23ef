# verdicts: wrong_answer
# always
# NumPy in which everything is equal to everything.
import numpy as np

for name in ("allclose", "array_equal", "isclose", "equal", "all", "not_equal", "isnan", "isfinite"):
    setattr(np, name, lambda *_, **__: True)
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *_, **__: None


def solve(x, y):
    return 0 * x
