"""The local backend: lanes of zygotes behind bubblewrap or ``unshare`` on this machine.

Invariant: it refuses to exist rather than run untrusted code behind fewer walls than it promises; a canary that tries
to get out proves the walls when it starts.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from sandbox import promises
from sandbox.inside import seccomp
from sandbox.inside.wall import MAX_THREADS
from sandbox.jobs import Limits, SandboxUnavailable
from sandbox.lane import EVALUATOR_BASE, Purpose, WallSettings
from sandbox.pool import PooledSandbox
from sandbox.slot import Slot
from sandbox.stages.cache import OutputCache
from sandbox.stream import ProcessStream
from sandbox.walls import cgroup, gpus, outer
from sandbox.walls.gpus import Gpus, Sharing

WallChoice = Literal["auto", "bubblewrap", "unshare"]


class LocalWalls:
    """Slots behind one tool of this machine; implements ``sandbox.pool.OuterWalls``."""

    def __init__(self, tool: outer.WallName, max_memory: int, shared: Sharing | None = None) -> None:
        """Build nothing yet.

        Args:
            tool: what makes the namespaces.
            max_memory: bytes that the most demanding job will ask for, which bounds each slot's control group.
            shared: GPUs to evaluate on, if any.
        """
        self._tool = tool
        self._view = outer.host_view()
        self._max_memory = max_memory
        self._memory = 2 * max_memory + EVALUATOR_BASE
        self._grouped = False
        self._gpus = shared
        self.settings = WallSettings(self._view.readable, own_users=outer.is_root(), gpu=shared is not None)

    def start(self, purpose: Purpose) -> Slot:
        """Start a zygote; a GPU's gets a wider wall than the others."""
        if purpose != "gpu":
            return self._start(self._view, self._memory, lambda: None)
        assert self._gpus is not None
        number = self._gpus.take()
        done = partial(self._gpus.give_back, number)
        try:
            view = outer.gpu_view(self._view, number, self._gpus.variables)
            return self._start(view, self._memory + gpus.HOST_MEMORY, done)
        except SandboxUnavailable:
            done()
            raise

    def _start(self, view: outer.View, memory: int, on_close: Callable[[], None]) -> Slot:
        command = outer.command(self._tool, view)
        group = cgroup.make(memory, 2 * MAX_THREADS)
        self._grouped = group is not None

        def close() -> None:
            if group is not None:
                group.remove()
            on_close()

        try:
            stream = ProcessStream(command if group is None else group.wrap(command), outer.environment(view))
        except OSError as error:
            if group is not None:
                group.remove()
            raise SandboxUnavailable(f"{self._tool} cannot be started: {error}") from error
        return Slot(stream, close)

    def describe(self) -> str:
        """The tool and whether it could make a control group."""
        return f"local ({self._tool}, {'cgroup' if self._grouped else 'no cgroup'})"

    def promises(self) -> Sequence[str]:
        """What an ordinary user, or a machine without control groups, cannot keep."""
        return promises.weaker(grouped=self._grouped, own_users=outer.is_root(), memory=self._max_memory)

    def close(self) -> None:
        """Nothing is held beside the slots."""


class LocalSandbox(PooledSandbox):
    """A pool of warm lanes on this machine."""

    def __init__(
        self,
        lanes: int = 1,
        wall: WallChoice = "auto",
        max_memory: int = 2 * Limits.memory,
        *,
        chosen_gpus: Gpus = None,
        cache: OutputCache | None = None,
    ) -> None:
        """Start one lane, prove its walls, then warm the others.

        Args:
            lanes: jobs that can run at the same time.
            wall: which outer wall to build; ``auto`` takes the best that works.
            max_memory: bytes that the most demanding job will ask for, which bounds each slot's control group.
            chosen_gpus: GPUs to evaluate on.
            cache: where outputs of programs are kept, if anywhere.

        Raises:
            SandboxUnavailable: no wall can be built here; the text says what to install or allow.
        """
        if not seccomp.supported():
            raise SandboxUnavailable(f"no system call filter is known for {platform.machine()} processors")
        tools = outer.available() if wall == "auto" else [wall]
        if not tools:
            raise _impossible("neither bubblewrap nor unshare is installed.")
        shared = None if chosen_gpus is None else Sharing(gpus.found(chosen_gpus), lanes)
        try:
            super().__init__([LocalWalls(tool, max_memory, shared) for tool in tools], lanes, cache)
        except SandboxUnavailable as error:
            raise _impossible(str(error)) from error


def _impossible(why: str) -> SandboxUnavailable:
    return SandboxUnavailable(f"No sandbox can be built here, so no code is run. {why} {outer.INSTALL_HELP}")
