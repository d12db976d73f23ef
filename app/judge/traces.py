"""What a submission was traced to, as it is kept to judge it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.jobs import TracedProgram


@dataclass(frozen=True)
class Traces:
    """What a source was traced to.

    Attributes:
        tracing: what it was traced with, see ``app.judge.tracing``.
        programs: by the key of their signature, see there.
        printed: what the source printed meanwhile.
        traced: how often the function had been traced when that was there.
    """

    tracing: str
    programs: Mapping[str, TracedProgram]
    printed: str = ""
    traced: int = 0
