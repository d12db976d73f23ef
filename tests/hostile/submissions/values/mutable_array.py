# verdicts: not_traceable, wrong_answer, runtime_error
# A reference that could be changed after it was compared.
import jax


def solve(x, y):
    make = getattr(jax, "new_ref", None) or getattr(jax, "array_ref", None)
    return make(x)
