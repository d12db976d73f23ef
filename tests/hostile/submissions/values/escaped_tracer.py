# verdicts: not_traceable, wrong_answer
# always
# A tracer of a trace that is over.
import jax

KEPT = []


def solve(x, y):
    jax.jit(lambda a: KEPT.append(a) or a)(x)
    return KEPT[-1]
