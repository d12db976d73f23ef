"""A lane: the pair of slots that one job uses, one for hostile code and one for evaluating vetted programs.

The hostile slot forks tracers, vetters, runs and author code; the evaluator slot never sees learner Python. Invariant:
at most one child that runs learner or author code is alive in a lane at any time.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from sandbox.inside.wall import MAX_THREADS, Wall
from sandbox.jobs import Limits, SandboxUnavailable
from sandbox.slot import Child, Expired, Slot

#: Children after which a slot is replaced by a fresh one.
MAX_JOBS = 400
#: Programs and resident bytes after which the shared evaluator is replaced; it grows by about 2 MB a program.
MAX_PROGRAMS = 300
MAX_EVALUATOR_RSS = 2 << 30
#: Memory of an evaluator beside what one program may use.
EVALUATOR_BASE = 1 << 30

_FIRST_USER = 0x50000000
_USERS_PER_LANE = 4096
_LANES = 64
_SERVICES = 1024


#: What a slot is for; the two kinds never share one.
Purpose = Literal["hostile", "evaluators"]


@dataclass(frozen=True)
class WallSettings:
    """What every inner wall of this machine has in common."""

    readable: tuple[str, ...]
    own_users: bool
    #: Jobs after which a lane is replaced by a fresh one; None lets its slots' own bounds decide.
    jobs: int | None = None
    #: First of this service's numeric users; another service on the host most likely has others.
    first_user: int = field(
        default_factory=lambda: _FIRST_USER + secrets.randbelow(_SERVICES) * _LANES * _USERS_PER_LANE
    )


class Lane:
    """Two warm slots and the shared evaluator."""

    def __init__(self, number: int, start: Callable[[Purpose], Slot], settings: WallSettings) -> None:
        """Start both slots, side by side.

        Raises:
            SandboxUnavailable: one did not come up.
        """
        self._settings = settings
        self._users = settings.first_user + number % _LANES * _USERS_PER_LANE
        self._programs = 0
        self._evaluator: Child | None = None
        self._evaluator_memory = 0
        self.failed = False
        self.served = 0
        with ExitStack() as undo:
            self.hostile = start("hostile")
            undo.callback(self.hostile.close)
            self.evaluators = start("evaluators")
            undo.callback(self.evaluators.close)
            self.hostile.wait_until_ready()
            self.evaluators.wait_until_ready()
            undo.pop_all()

    @property
    def healthy(self) -> bool:
        """Whether the lane may take another job."""
        slots = (self.hostile, self.evaluators)
        spent = self._settings.jobs is not None and self.served >= self._settings.jobs
        return not self.failed and not spent and all(slot.alive and slot.jobs < MAX_JOBS for slot in slots)

    @contextmanager
    def child(
        self, slot: Slot, role: str, limits: Limits, *, cpu_seconds: float | None, max_body: int
    ) -> Iterator[Child]:
        """A single-use child, ended on the way out whatever happened."""
        if slot is self.hostile:
            wall = self._wall(slot, limits.memory, cpu_seconds, limits.threads)
        else:
            wall = self._wall(slot, limits.memory + EVALUATOR_BASE, cpu_seconds)
        child = slot.spawn(role, wall, output_limit=limits.output, max_body=max_body)
        try:
            yield child
        finally:
            self._end(child)

    def shared_evaluator(self, limits: Limits, max_body: int) -> Child:
        """The evaluator that lives through many submissions; a fresh one if the last has grown or died."""
        current = self._evaluator
        fresh = current is not None and current.exit is None and self._programs < MAX_PROGRAMS
        if current is not None and fresh and limits.memory <= self._evaluator_memory:
            current.reader.max_body = max_body
            return current
        self.drop_evaluator()
        self._programs = 0
        self._evaluator_memory = limits.memory
        wall = self._wall(self.evaluators, limits.memory + EVALUATOR_BASE, None)
        self._evaluator = self.evaluators.spawn("evaluate", wall, output_limit=limits.output, max_body=max_body)
        return self._evaluator

    def evaluator_served(self, programs: int, max_rss: int) -> None:
        """Note what the shared evaluator has done; it is replaced when it has done or grown enough."""
        self._programs += programs
        if max_rss > MAX_EVALUATOR_RSS:
            self._programs = MAX_PROGRAMS

    def drop_evaluator(self) -> None:
        """End the shared evaluator; the next job gets a fresh one."""
        child, self._evaluator = self._evaluator, None
        if child is not None:
            self._end(child)

    def close(self) -> None:
        """End both slots and everything in them; only by whoever uses the lane."""
        self.failed = True
        self.hostile.close()
        self.evaluators.close()

    def end(self) -> None:
        """Kill both slots, from any thread; whoever uses the lane finds them dead."""
        self.failed = True
        self.hostile.end()
        self.evaluators.end()

    def _end(self, child: Child) -> None:
        try:
            child.end()
        except (SandboxUnavailable, Expired):
            # The child's outcome is known or being raised already; the lane is replaced instead.
            self.failed = True

    def _user(self, slot: Slot) -> int:
        """The next child's user: the two slots of a lane take turns, so they never share one."""
        return self._users + (2 * slot.jobs + (slot is self.hostile)) % _USERS_PER_LANE

    def _wall(self, slot: Slot, memory: int, cpu_seconds: float | None, threads: int = MAX_THREADS) -> dict[str, Any]:
        wall = Wall(
            memory=memory,
            cpu_seconds=None if cpu_seconds is None else math.ceil(cpu_seconds),
            user=self._user(slot) if self._settings.own_users else None,
            threads=threads,
            readable=self._settings.readable,
            use_landlock=slot.toolchain["landlock"] != "none",
            unlimited=tuple(slot.toolchain["unlimited"].split()),
        )
        return asdict(wall)


class Clock:
    """Adds up where a job's time goes, in milliseconds by stage."""

    def __init__(self) -> None:
        """Start at zero."""
        self.stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time spent inside counts for ``name``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.add(name, (time.perf_counter() - start) * 1000)

    def add(self, name: str, milliseconds: float) -> None:
        """Count time measured elsewhere."""
        self.stages[name] = self.stages.get(name, 0.0) + milliseconds
