"""Which of a verdict's timings are told to those who must not learn hidden values.

A program can loop as often as a hidden value says, and so write it into the time that it runs. Invariant: what is told
to a fraction of a millisecond depends on the source and on shapes; the whole is told no more finely than whoever waits
for the verdict could measure it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

#: Stages that see no hidden value: they trace, check and compile programs.
SHAPES_ONLY = ("start", "trace", "vet", "compile")
#: What the whole time is rounded up to, in milliseconds.
COARSE = 100.0


def told(stages: Mapping[str, float]) -> dict[str, float]:
    """The timings of a report, in milliseconds by stage.

    Args:
        stages: all of them, ``total`` included.
    """
    fine = {name: round(stages[name], 3) for name in SHAPES_ONLY if name in stages}
    return {**fine, "total": math.ceil(stages["total"] / COARSE) * COARSE}
