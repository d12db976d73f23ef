"""A pool of warm lanes: what every backend shares, whatever its outer walls are made of.

Invariant: as many lanes are warm or being warmed as were asked for, whatever happens to them; and no lane is used
before a canary that tries to get out of the first one has failed to.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Protocol

from sandbox import canary, toolchain
from sandbox.jobs import (
    CasesJob,
    CasesResult,
    Evaluated,
    EvaluateJob,
    Failed,
    GradeEvent,
    GradeJob,
    Lanes,
    RunJob,
    RunResult,
    SandboxDown,
    SandboxUnavailable,
    never,
)
from sandbox.lane import LANES, Lane, Purpose, WallSettings
from sandbox.slot import Slot
from sandbox.stages import eager, grading, stored
from sandbox.stages.cache import OutputCache
from sandbox.walls import gpus

#: Pause before a lane that could not be started is tried again; doubled for each further failure, up to the longest.
_RELAUNCH_SECONDS = 0.5
_LONGEST_RELAUNCH_SECONDS = 15.0
_CLOSED = "the sandbox is closed"
#: How long a job waits for a lane while none can be started.
PATIENCE_SECONDS = 10.0


class OuterWalls(Protocol):
    """One backend's outer walls: how its slots are started, and what it promises."""

    settings: WallSettings

    def start(self, purpose: Purpose) -> Slot:
        """Start a slot; the caller waits until it is ready.

        Raises:
            SandboxUnavailable: it could not be started.
        """

    def describe(self) -> str:
        """The walls in words, for verdict records and ``doctor``."""

    def promises(self) -> Sequence[str]:
        """Promises of the outer wall that are weaker on this machine."""

    def close(self) -> None:
        """Free what the walls hold beside their slots; no slot is started afterwards."""


class PooledSandbox:
    """A pool of warm lanes; implements ``sandbox.jobs.Sandbox``."""

    def __init__(self, candidates: Sequence[OuterWalls], lanes: int, cache: OutputCache | None = None) -> None:
        """Start one lane behind the first walls that hold, then warm the others.

        Args:
            candidates: walls to try, best first.
            lanes: jobs that can run at the same time.
            cache: where outputs of programs are kept; None evaluates every program of every job.

        Raises:
            SandboxUnavailable: none of them holds; the text says why for each.
        """
        self._cache = cache
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._wanted = lanes
        self._numbers = 0
        # Guarded by _lock.
        self._busy = self._started = self._failed = 0
        self._trouble = ""
        self._open: set[Lane] = set()
        self._starting: list[Slot] = []  # of the lane that is being started
        self._warm: queue.SimpleQueue[Lane | None] = queue.SimpleQueue()  # None wakes whoever waits when it closes
        self.walls = candidates[0]
        # A local slot dies with the thread that started it (PR_SET_PDEATHSIG), so one thread lives as long as the pool.
        self._launcher = ThreadPoolExecutor(1, thread_name_prefix="sandbox-launcher")
        try:
            first = self._prove(candidates)
        except BaseException:
            self.close()
            raise
        self._toolchain = dict(first.hostile.toolchain)
        self._gpu = {} if first.gpu is None else {"gpu": first.gpu_name, "gpu_flags": first.gpu.toolchain["flags"]}
        self._warm.put(first)
        for _ in range(lanes - 1):
            self._launcher.submit(self._warm_up)

    def grade(self, job: GradeJob, enough: Callable[[], bool] = never) -> Iterator[GradeEvent]:
        """Trace, vet and evaluate, or call, until done or ``enough``."""
        if job.device == "gpu" and not self.walls.settings.gpu:
            raise SandboxUnavailable(gpus.NONE_HERE)
        with self._lane() as lane:
            if job.eager:
                yield from eager.grade(lane, job, enough)
            else:
                yield from grading.grade(lane, job, enough, self._cache)

    def evaluate(self, job: EvaluateJob) -> Sequence[Evaluated | Failed]:
        """Evaluate programs that were vetted before."""
        if job.device == "gpu" and not self.walls.settings.gpu:
            raise SandboxUnavailable(gpus.NONE_HERE)
        with self._lane() as lane:
            return stored.evaluate(lane, job)

    def run(self, job: RunJob) -> RunResult:
        """Call the function eagerly on inputs that the learner may see."""
        with self._lane() as lane:
            return eager.run(lane, job)

    def cases(self, job: CasesJob) -> CasesResult:
        """Run an author's ``cases.py``."""
        with self._lane() as lane:
            return eager.cases(lane, job)

    def describe(self) -> Mapping[str, str]:
        """Toolchain and walls: versions, device, backend."""
        walls = f"{self.walls.describe()}, landlock {self._toolchain['landlock']}, seccomp"
        computing = {**toolchain.facts(self._toolchain), "device": "cpu", "processor": toolchain.processor()}
        return {**computing, **self._gpu, "sandbox": walls}

    def promises(self) -> Sequence[str]:
        """Promises that are weaker on this machine."""
        weaker = list(self.walls.promises())
        if self._toolchain["landlock"] == "none":
            weaker.append("The kernel has no Landlock: only the outer wall decides which files exist.")
        if self._toolchain["unlimited"]:
            limits = self._toolchain["unlimited"].replace(" ", ", ")
            weaker.append(f"The kernel sets no {limits}: these are limited for a slot as a whole, if at all.")
        if self._toolchain["memory"] == "watched":
            weaker.append("gVisor counts threads that wait for a processor as busy: processor time is told too high.")
            weaker.append(
                "The kernel does not limit a process's private memory: each is measured and ended instead, so that for "
                "some hundredths of a second it can have more."
            )
        if self._gpu:
            weaker.append(
                "What evaluates on the GPU has no system call filter, no Landlock and no memory limit but its slot's: "
                "the driver works with none of them. It gets vetted programs only."
            )
        return weaker

    def trouble(self) -> str:
        """Why nothing can be run at the moment: no lane is left and none can be started. Empty while there is one.

        Lanes that died waiting are replaced now.
        """
        for _ in range(self._warm.qsize()):
            try:
                lane = self._warm.get_nowait()
            except queue.Empty:  # a job was faster
                break
            if lane is None:
                self._warm.put(None)
                break
            self._give_back(lane)
        return "" if self._open else self._trouble

    def lanes(self) -> Lanes:
        """How many lanes are there, and what became of those that were started."""
        with self._lock:
            return Lanes(
                wanted=self._wanted,
                warm=max(len(self._open) - self._busy, 0),
                busy=self._busy,
                started=self._started,
                failed=self._failed,
            )

    def close(self) -> None:
        """End every process, from any thread; jobs that run or wait get ``SandboxUnavailable``."""
        with self._lock:
            if self._closing.is_set():
                return
            self._closing.set()
            lanes, self._open = self._open, set()
            for slot in self._starting:
                slot.end()
        for lane in lanes:
            lane.end()
        self._launcher.shutdown(cancel_futures=True)
        self._warm.put(None)
        while (lane_or_end := self._warm.get()) is not None:
            lane_or_end.close()
        self._warm.put(None)
        self.walls.close()

    @contextmanager
    def _lane(self) -> Iterator[Lane]:
        lane = self._take()
        with self._lock:
            self._busy += 1
        try:
            yield lane
        except GeneratorExit:
            raise  # the caller has had enough: the job's children are ended as they would be otherwise
        except BaseException:
            lane.failed = True
            raise
        finally:
            lane.served += 1
            with self._lock:
                self._busy -= 1
            self._give_back(lane)

    def _take(self) -> Lane:
        """A warm lane; waits for one. Whatever happens, as many lanes are warm or being warmed as before.

        Raises:
            SandboxDown: none can be started for now.
        """
        patience = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                lane = self._warm.get(timeout=1.0)
            except queue.Empty:
                if not self._open and self._trouble and time.monotonic() > patience:
                    raise SandboxDown(f"no sandbox process can be started: {self._trouble}") from None
                continue
            if lane is None:
                self._warm.put(None)
                raise SandboxUnavailable(_CLOSED)
            if lane.healthy:
                return lane
            self._discard(lane)  # it died while it waited

    def _give_back(self, lane: Lane) -> None:
        with self._lock:
            keep = lane.healthy and not self._closing.is_set()
            if keep:
                self._warm.put(lane)
        if not keep:
            self._discard(lane)

    def _discard(self, lane: Lane) -> None:
        with self._lock:
            self._open.discard(lane)
        lane.close()
        with suppress(RuntimeError):  # the launcher is shut down: nobody needs another lane
            self._launcher.submit(self._warm_up)

    def _prove(self, candidates: Sequence[OuterWalls]) -> Lane:
        """The first lane behind walls that hold.

        Raises:
            SandboxUnavailable: there are none.
        """
        problems = []
        for walls in candidates:
            self.walls = walls
            try:
                lane = self._launcher.submit(self._start_lane).result()
                canary.prove(lane)
            except SandboxUnavailable as error:
                problems.append(f"{walls.describe()}: {error}")
                walls.close()
            else:
                return lane
        raise SandboxUnavailable("\n".join(problems))

    def _warm_up(self) -> None:
        """Start a lane, trying until one comes up or the pool is closed."""
        pause = _RELAUNCH_SECONDS
        while not self._closing.is_set():
            try:
                lane = self._start_lane()
            except Exception as error:  # noqa: BLE001 - whatever it was, a lane that is not started again is lost for good
                self._trouble = f"{'' if isinstance(error, SandboxUnavailable) else type(error).__name__ + ': '}{error}"
                self._closing.wait(pause)
                pause = min(2 * pause, _LONGEST_RELAUNCH_SECONDS)
            else:
                self._trouble = ""
                self._warm.put(lane)
                return

    def _start_lane(self) -> Lane:
        self._numbers += 1
        while any((lane.number - self._numbers) % LANES == 0 for lane in tuple(self._open)):
            self._numbers += 1  # its users would be those of a lane that lives
        try:
            lane = Lane(self._numbers, self._start_slot, self.walls.settings)
        except BaseException:
            with self._lock:
                self._failed += not self._closing.is_set()
            raise
        finally:
            with self._lock:
                self._starting.clear()
        with self._lock:
            if not self._closing.is_set():
                self._started += 1
                self._open.add(lane)
                return lane
        lane.close()
        raise SandboxUnavailable(_CLOSED)

    def _start_slot(self, purpose: Purpose) -> Slot:
        """Start a slot that closing the pool ends while it comes up."""
        slot = self.walls.start(purpose)
        with self._lock:
            if not self._closing.is_set():
                self._starting.append(slot)
                return slot
        slot.close()
        raise SandboxUnavailable(_CLOSED)
