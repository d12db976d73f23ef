"""A lane: the slots that one job uses, one for hostile code and one for evaluating vetted programs on each device.

The hostile slot forks tracers, vetters, runs and author code; evaluator slots never see learner Python. Invariant: at
most one child that runs learner or author code is alive in a lane at any time, and none ever in an evaluator slot.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from sandbox import toolchain
from sandbox.frames import ProtocolError
from sandbox.inside.wall import MAX_THREADS, Wall
from sandbox.jobs import Device, Limits, SandboxUnavailable
from sandbox.slot import START_SECONDS, Child, Exit, Expired, Flooded, Slot

#: Children after which a slot is replaced by a fresh one.
MAX_JOBS = 400
#: Programs and resident bytes after which the shared evaluator is replaced; it grows by about 2 MB a program.
MAX_PROGRAMS = 300
MAX_EVALUATOR_RSS: Mapping[Device, int] = {"cpu": 2 << 30, "gpu": 8 << 30}
#: Memory of an evaluator beside what one program may use.
EVALUATOR_BASE = 1 << 30

_FIRST_USER = 0x50000000
_USERS_PER_LANE = 4096
_SLOTS = 4  # divides it, so that no two slots ever meet on a number
#: Lanes whose users differ; a pool gives no two living lanes numbers that are the same modulo this.
LANES = 64
_SERVICES = 1024


#: What a slot is for; no two kinds ever share one.
Purpose = Literal["hostile", "evaluators", "gpu"]
_ALWAYS: tuple[Purpose, Purpose] = ("hostile", "evaluators")
_EVALUATORS: Mapping[Device, Purpose] = {"cpu": "evaluators", "gpu": "gpu"}


@dataclass(frozen=True)
class WallSettings:
    """What every inner wall of this machine has in common."""

    readable: tuple[str, ...]
    own_users: bool
    #: Whether lanes have a slot for evaluating on a GPU.
    gpu: bool = False
    #: Jobs after which a lane is replaced by a fresh one; None lets its slots' own bounds decide.
    jobs: int | None = None
    #: First of this service's numeric users; another service on the host most likely has others.
    first_user: int = field(
        default_factory=lambda: _FIRST_USER + secrets.randbelow(_SERVICES) * LANES * _USERS_PER_LANE
    )


class _Shared:
    """The evaluator of one slot that lives through many submissions."""

    def __init__(self, slot: Slot) -> None:
        self.slot = slot
        self.child: Child | None = None
        self.programs = 0
        self.memory = 0


class Lane:
    """Warm slots and their shared evaluators."""

    def __init__(self, number: int, start: Callable[[Purpose], Slot], settings: WallSettings) -> None:
        """Start all slots, side by side.

        Raises:
            SandboxUnavailable: one did not come up.
        """
        self.number = number
        self._settings = settings
        self._users = settings.first_user + number % LANES * _USERS_PER_LANE
        #: What the GPU's evaluator said of it last; empty until one has started.
        self.gpu_name = ""
        self.failed = False
        self.served = 0
        with ExitStack() as undo:
            self.slots: dict[Purpose, Slot] = {}
            for purpose in (*_ALWAYS, "gpu") if settings.gpu else _ALWAYS:
                self.slots[purpose] = start(purpose)
                undo.callback(self.slots[purpose].close)
            for slot in self.slots.values():
                slot.wait_until_ready()
            undo.pop_all()
        self.hostile, self.evaluators, self.gpu = (*(self.slots[one] for one in _ALWAYS), self.slots.get("gpu"))
        self._shared = {device: _Shared(self.slots[one]) for device, one in _EVALUATORS.items() if one in self.slots}

    @property
    def healthy(self) -> bool:
        """Whether the lane may take another job."""
        spent = self._settings.jobs is not None and self.served >= self._settings.jobs
        usable = all(slot.alive and slot.jobs < MAX_JOBS for slot in self.slots.values())
        return not self.failed and not spent and usable

    def computing(self, device: Device) -> Mapping[str, str]:
        """What evaluates programs on ``device``: versions, flags, and the device, empty while its name is unknown."""
        name = self.gpu_name if device == "gpu" else toolchain.processor()
        return {**toolchain.facts(self._shared[device].slot.toolchain), "device": name}

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
            self._await_gpu(child)
            yield child
        finally:
            self._end(child)

    def evaluator(self, device: Device, limits: Limits) -> AbstractContextManager[Child]:
        """A disposable evaluator, for programs of one job."""
        slot = self._shared[device].slot
        return self.child(slot, "evaluate", limits, cpu_seconds=None, max_body=limits.result)

    def shared_evaluator(self, limits: Limits, max_body: int, device: Device = "cpu") -> Child:
        """The evaluator that lives through many submissions; a fresh one if the last has grown or died.

        Raises:
            SandboxUnavailable: none can be started.
        """
        shared = self._shared[device]
        current = shared.child
        fresh = current is not None and current.exit is None and shared.programs < MAX_PROGRAMS
        if current is not None and fresh and limits.memory <= shared.memory:
            current.reader.max_body = max_body
            return current
        self.drop_evaluator(device)
        shared.programs = 0
        shared.memory = limits.memory
        wall = self._wall(shared.slot, limits.memory + EVALUATOR_BASE, None)
        started = shared.slot.spawn("evaluate", wall, output_limit=limits.output, max_body=max_body)
        shared.child = started
        self._await_gpu(started)
        return started

    def evaluator_served(self, programs: int, max_rss: int, device: Device = "cpu") -> None:
        """Note what the shared evaluator has done; it is replaced when it has done or grown enough."""
        shared = self._shared[device]
        shared.programs += programs
        if max_rss > MAX_EVALUATOR_RSS[device]:
            shared.programs = MAX_PROGRAMS

    def drop_evaluator(self, device: Device = "cpu") -> None:
        """End the shared evaluator; the next job gets a fresh one."""
        child, self._shared[device].child = self._shared[device].child, None
        if child is not None:
            self._end(child)

    def close(self) -> None:
        """End all slots and everything in them; only by whoever uses the lane."""
        self.failed = True
        for slot in self.slots.values():
            slot.close()

    def end(self) -> None:
        """Kill all slots, from any thread; whoever uses the lane finds them dead."""
        self.failed = True
        for slot in self.slots.values():
            slot.end()

    def _await_gpu(self, child: Child) -> None:
        """Wait until an evaluator of the GPU slot has started its driver, which takes seconds that are no learner's.

        Raises:
            SandboxUnavailable: it has not.
        """
        if child.slot is not self.gpu:
            return
        try:
            reply = child.receive(time.monotonic() + START_SECONDS)
        except (Expired, Flooded, ProtocolError) as error:
            raise SandboxUnavailable("the evaluator of the GPU did not start") from error
        if isinstance(reply, Exit) or reply.header.get("type") != "ready":
            written = bytes(child.printed).decode(errors="replace").strip()
            raise SandboxUnavailable(f"no program can be evaluated on a GPU here: {written[-1000:] or reply}")
        self.gpu_name = str(reply.header.get("device"))[:200]

    def _end(self, child: Child) -> None:
        try:
            child.end()
        except (SandboxUnavailable, Expired):
            # The child's outcome is known or being raised already; the lane is replaced instead.
            self.failed = True

    def _user(self, slot: Slot) -> int:
        """The next child's user: the slots of a lane take turns, so they never share one."""
        return self._users + (_SLOTS * slot.jobs + list(self.slots.values()).index(slot)) % _USERS_PER_LANE

    def _wall(self, slot: Slot, memory: int, cpu_seconds: float | None, threads: int = MAX_THREADS) -> dict[str, Any]:
        wall = Wall(
            memory=memory,
            cpu_seconds=None if cpu_seconds is None else math.ceil(cpu_seconds),
            user=self._user(slot) if self._settings.own_users else None,
            threads=threads,
            readable=self._settings.readable,
            use_landlock=slot.toolchain["landlock"] != "none",
            unlimited=tuple(slot.toolchain["unlimited"].split()),
            gpu=slot is self.gpu,
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
