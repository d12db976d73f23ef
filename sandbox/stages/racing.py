"""Races a submission's program against a rival's, in an evaluator that has seen neither.

A race that does not decide is run once more, longer and in another process, before anybody is told. Invariant: what is
reported was measured with both programs in one process, turn by turn, and no learner's Python is near it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from sandbox import arrays
from sandbox.frames import Message, ProtocolError
from sandbox.jobs import GradeEvent, GradeJob, Raced, Rival, SandboxUnavailable
from sandbox.lane import Clock, Lane
from sandbox.slot import Exit, Expired, Flooded
from sandbox.stages import replies

#: Seconds after which each race begins no more turns; both are enough for programs that run for milliseconds.
_SECONDS = (2.0, 8.0)
#: A race may take this many times what the job's programs may take in all: both are compiled and run a few times.
_PATIENCE = 4
#: No turn takes longer, in nanoseconds: an hour.
_LONGEST = 3600 * 10**9
_TRIES = 2


@dataclass(frozen=True)
class Race:
    """A submission's program of the rival's signature, and where both are run."""

    lane: Lane
    job: GradeJob
    rival: Rival
    program: bytes

    def run(self, turns: int, seconds: float) -> tuple[tuple[int, int], ...]:
        """Nanoseconds of both in every turn; empty if the process ended before the first."""
        limits = self.job.limits
        told: list[tuple[int, int]] = []
        deadline = time.monotonic() + _PATIENCE * limits.evaluate_seconds + seconds
        with self.lane.evaluator(self.job.device, limits) as child, suppress(Expired, Flooded, ProtocolError):
            child.send(self._message(turns, seconds), deadline)
            while len(told) < turns:
                reply = child.receive(deadline)
                if isinstance(reply, Exit) or reply.header.get("type") != "turn":
                    break
                told.append(_times(reply))
        return tuple(told)

    def _message(self, turns: int, seconds: float) -> Message:
        entries, body = arrays.pack(list(self.job.signatures[self.rival.signature].inputs[-1]))
        header = {
            "program_size": len(self.program),
            "rival_size": len(self.rival.program),
            "turns": turns,
            "seconds": seconds,
            "arrays": entries,
        }
        return Message(header, self.program + self.rival.program + body)


def races(race: Race, enough: Callable[[], bool], clock: Clock) -> Iterator[GradeEvent]:
    """The first race, and the second one unless ``enough`` says that the first decided.

    Raises:
        SandboxUnavailable: twice no turn could be measured, although both programs have run before.
    """
    for turns, seconds in zip(race.rival.turns, _SECONDS, strict=True):
        with clock.stage("race"):
            told = next((told for _ in range(_TRIES) if (told := race.run(turns, seconds))), ())
        if not told:
            raise SandboxUnavailable("no turn of a race could be measured")
        yield Raced(race.rival.signature, told)
        if enough():
            return


def _times(reply: Message) -> tuple[int, int]:
    times = reply.header.get("nanoseconds")
    if not isinstance(times, list) or len(times) != 2:  # noqa: PLR2004 - its own and the rival's
        raise ProtocolError("a turn has two times")
    mine, rival = (replies.integer({"time": one}, "time", _LONGEST) for one in times)
    return max(1, mine), max(1, rival)
