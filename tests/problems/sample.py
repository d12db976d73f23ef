"""A small problem folder without faults, as text: tests plant one fault each into it."""

from __future__ import annotations

MANIFEST = """\
format = 1
title = "Twice each number"
version = "1.0.0"
difficulty = 1
tags = ["arrays"]
returns = "float32[N]"

[arguments]
x = "float32[N]"
factor = "float32[]"

[cases]
seed = 7

[rules]
may_not_unroll = "N"
required_calls = ["jax.vmap"]

[tolerances.float32]
atol = 1e-6
rtol = 1e-5
"""

STATEMENT = """\
Scaling is the first thing one does to data.

## Why this matters

Everything is scaled somewhere.

## Worked example

```python
x = [1.0, 2.0]
```

## Common pitfalls

Scaling twice.

## Problem

Write `scale(x, factor)`.

## Returns

An array like x.
"""

HINTS = """\
## Think

What is one element?

## The shape is off
after: shape

Keep the axis.
"""

CASES = """\
def public():
    return {}


def hidden(rng):
    return {}
"""

CODE = """\
def scale(x, factor):
    return {}
"""


def wrong(message: str) -> str:
    """A wrong submission with its header; the message is on line 4."""
    header = f'# /// allclose\n# verdict = "wrong_answer"\n# reason = "value"\n# message = "{message}"\n# ///\n'
    return header + CODE.format("x")


FILES = {
    "problem.toml": MANIFEST,
    "statement.md": STATEMENT,
    "hints.md": HINTS,
    "starter.py": CODE.format("None"),
    "reference.py": CODE.format("factor * x"),
    "solution.md": "Multiply.\n",
    "cases.py": CASES,
    "submissions/accepted/other_order.py": CODE.format("x * factor"),
    "submissions/accepted/by_name.py": "import operator\n\nscale = operator.mul\n",
    **{f"submissions/wrong/mistake_{number}.py": wrong(f"Mistake {number}.") for number in range(4)},
}
