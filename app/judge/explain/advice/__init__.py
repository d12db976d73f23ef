"""JAX's own errors, and Python's, in plain words, each with the way out.

The texts matched here are those of JAX 0.10; the tests make JAX raise them. Invariant: the tables are only about
wording: an error they do not know is shown as it is, and no verdict depends on them.
"""

from __future__ import annotations

from app.judge.explain.advice.arrays import ARRAYS
from app.judge.explain.advice.entry import Advice
from app.judge.explain.advice.programs import PROGRAMS
from app.judge.explain.advice.python import PYTHON
from app.judge.explain.advice.randomness import RANDOMNESS
from app.judge.explain.advice.tracing import TRACING
from app.judge.explain.advice.transformations import TRANSFORMATIONS

__all__ = ["Advice", "advice_for"]

#: In order: the first that fits counts.
_ADVICE = (*TRACING, *PROGRAMS, *TRANSFORMATIONS, *RANDOMNESS, *ARRAYS, *PYTHON)


def advice_for(error: str, text: str, line: str | None) -> Advice | None:
    """What to tell about an exception, or None if it is none of the known ones.

    Args:
        error: its class name.
        text: its own text.
        line: the learner's line that it came up below, None if there is none.
    """
    return next((fitting for advice in _ADVICE if (fitting := advice.on(error, text, line)) is not None), None)
