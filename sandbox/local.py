"""The local backend: lanes of zygotes behind bubblewrap or ``unshare`` on this machine.

Invariant: it refuses to exist rather than run untrusted code behind fewer walls than it promises; a canary that tries
to get out proves the walls when it starts.
"""

from __future__ import annotations

import platform
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Literal

from sandbox import canary, cgroup, eager, grading, outer
from sandbox.inside import landlock, seccomp
from sandbox.inside.wall import MAX_THREADS
from sandbox.jobs import (
    CasesJob,
    CasesResult,
    GradeEvent,
    GradeJob,
    Limits,
    RunJob,
    RunResult,
    SandboxUnavailable,
    never,
)
from sandbox.lane import EVALUATOR_BASE, Lane, WallSettings
from sandbox.slot import Slot

#: Pause before a lane that could not be started is tried again.
_RELAUNCH_SECONDS = 0.5

WallChoice = Literal["auto", "bubblewrap", "unshare"]


class LocalSandbox:
    """A pool of warm lanes; implements ``sandbox.jobs.Sandbox``."""

    def __init__(self, lanes: int = 1, wall: WallChoice = "auto", max_memory: int = 2 * Limits.memory) -> None:
        """Start one lane, prove its walls, then warm the others.

        Args:
            lanes: jobs that can run at the same time.
            wall: which outer wall to build; ``auto`` takes the best that works.
            max_memory: bytes that the most demanding job will ask for, which bounds each slot's control group.

        Raises:
            SandboxUnavailable: no wall can be built here; the text says what to install or allow.
        """
        if not seccomp.supported():
            raise SandboxUnavailable(f"no system call filter is known for {platform.machine()} processors")
        self._view = outer.host_view()
        self._landlock = landlock.abi()
        self._settings = WallSettings(self._view.readable, own_users=outer.is_root(), use_landlock=self._landlock > 0)
        self._slot_memory = 2 * max_memory + EVALUATOR_BASE
        self._grouped = False
        self._lock = threading.Lock()
        self._numbers = 0
        self._closed = False
        self._toolchain: dict[str, str] = {}
        self._open: set[Lane] = set()
        # Slots die with the thread that started them (PR_SET_PDEATHSIG), so one thread lives as long as the pool.
        self._launcher = ThreadPoolExecutor(1, thread_name_prefix="sandbox-launcher")
        self._ready: queue.SimpleQueue[Future[Lane]] = queue.SimpleQueue()
        try:
            self.wall, first = self._first_lane(wall)
        except BaseException:
            self.close()
            raise
        self._ready.put(first)
        for _ in range(lanes - 1):
            self._ready.put(self._launch())

    def grade(self, job: GradeJob, enough: Callable[[], bool] = never) -> Iterator[GradeEvent]:
        """Trace, vet and evaluate until done or ``enough``."""
        with self._lane() as lane:
            yield from grading.grade(lane, job, enough)

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
        groups = "cgroup" if self._grouped else "no cgroup"
        return {
            **self._toolchain,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "device": "cpu",
            "sandbox": f"local ({self.wall}, {groups}, landlock {self._landlock or 'none'}, seccomp)",
            "flags": "",
        }

    def promises(self) -> Sequence[str]:
        """Promises that are weaker on this machine."""
        weaker = []
        if not self._grouped:
            weaker.append("No control group can be made: memory and threads are limited per process, not per slot.")
        if not self._landlock:
            weaker.append("The kernel has no Landlock: only the mount namespace decides which files exist.")
        if not outer.is_root():
            weaker.append(
                "Started as an ordinary user: all jobs run as one user, kept apart by namespaces and seccomp."
            )
        return weaker

    def close(self) -> None:
        """End every process, from any thread; jobs that run or wait get ``SandboxUnavailable``."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            lanes, self._open = self._open, set()
        for lane in lanes:
            lane.end()
        self._launcher.shutdown(cancel_futures=True)
        self._ready.put(_failed("the sandbox is closed"))
        while True:
            try:
                future = self._ready.get_nowait()
            except queue.Empty:
                break
            if future.done() and not future.cancelled() and future.exception() is None:
                future.result().close()
        self._ready.put(_failed("the sandbox is closed"))

    @contextmanager
    def _lane(self) -> Iterator[Lane]:
        lane = self._take()
        try:
            yield lane
        except GeneratorExit:
            raise  # the caller has had enough: the job's children are ended as they would be otherwise
        except BaseException:
            lane.failed = True
            raise
        finally:
            self._give_back(lane)

    def _take(self) -> Lane:
        """A warm lane; waits for one. Whatever happens, as many lanes are warm or being warmed as before."""
        future = self._ready.get()
        try:
            return future.result()
        except (SandboxUnavailable, CancelledError) as error:
            self._replace(delay=_RELAUNCH_SECONDS)
            raise SandboxUnavailable(f"no sandbox process could be started: {error}") from error

    def _give_back(self, lane: Lane) -> None:
        with self._lock:
            keep = lane.healthy and not self._closed
            if not keep:
                self._open.discard(lane)
        if keep:
            self._ready.put(_done(lane))
            return
        lane.close()
        self._replace()

    def _replace(self, delay: float = 0.0) -> None:
        try:
            self._ready.put(self._launch(delay))
        except RuntimeError:  # the launcher is shut down: whoever waits next must hear of it too
            self._ready.put(_failed("the sandbox is closed"))

    def _first_lane(self, choice: WallChoice) -> tuple[outer.WallName, Future[Lane]]:
        names = outer.available() if choice == "auto" else [choice]
        problems = []
        for name in names:
            self.wall = name
            future = self._launch()
            try:
                canary.prove(future.result())
            except SandboxUnavailable as error:
                problems.append(f"{name}: {error}")
                continue
            return name, future
        tried = " ".join(problems) or "neither bubblewrap nor unshare is installed."
        raise SandboxUnavailable(f"No sandbox can be built here, so no code is run. {tried} {outer.INSTALL_HELP}")

    def _launch(self, delay: float = 0.0) -> Future[Lane]:
        return self._launcher.submit(self._start_lane, delay)

    def _start_lane(self, delay: float) -> Lane:
        time.sleep(delay)
        with self._lock:
            self._numbers += 1
            number = self._numbers
        lane = Lane(number, self._start_slot, self._settings)
        self._toolchain = dict(lane.hostile.toolchain or {})
        with self._lock:
            if not self._closed:
                self._open.add(lane)
                return lane
        lane.close()
        raise SandboxUnavailable("the sandbox is closed")

    def _start_slot(self) -> Slot:
        command = outer.command(self.wall, self._view)
        group = cgroup.make(self._slot_memory, 2 * MAX_THREADS)
        self._grouped = group is not None
        try:
            if group is None:
                return Slot(command, outer.environment(self._view), _nothing)
            return Slot(group.wrap(command), outer.environment(self._view), group.remove)
        except SandboxUnavailable:
            if group is not None:
                group.remove()
            raise


def _done(lane: Lane) -> Future[Lane]:
    future: Future[Lane] = Future()
    future.set_result(lane)
    return future


def _failed(why: str) -> Future[Lane]:
    future: Future[Lane] = Future()
    future.set_exception(SandboxUnavailable(why))
    return future


def _nothing() -> None:
    """What is left to do when a slot without a control group has been closed."""
