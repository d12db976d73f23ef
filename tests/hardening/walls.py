"""Each wall of a slot without the other; implementations of ``sandbox.pool.OuterWalls`` for tests.

Invariant: never is neither there. The inner wall alone has users of its own, an outer wall alone a bound on the tasks
and memory of its slot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.docker import DockerWalls
from sandbox.jobs import Limits, SandboxUnavailable
from sandbox.lane import Purpose, WallSettings
from sandbox.slot import Slot
from sandbox.stream import ProcessStream
from sandbox.walls import cgroup, outer
from sandbox.walls.container import Container, ContainerStream
from tests.hardening import slots
from tests.hardening.registry import Backend

_MEMORY, _TASKS = 4 << 30, 256


class InnerOnly:
    """Zygotes that are ordinary processes of this machine; their children have the inner wall."""

    def __init__(self) -> None:
        """Ask for users of their own."""
        self._view = outer.host_view()
        self.settings = WallSettings(self._view.readable, own_users=True)

    def start(self, purpose: Purpose) -> Slot:
        """Start a zygote."""
        del purpose
        return Slot(ProcessStream(slots.bare("alone"), outer.environment(self._view)))

    def describe(self) -> str:
        """What it is."""
        return "inner wall only"

    def promises(self) -> Sequence[str]:
        """Nobody asks."""
        return ()

    def close(self) -> None:
        """Nothing is held."""


class LocalOnly:
    """Zygotes behind bubblewrap or unshare, whose children build no inner wall; as root they keep their own user."""

    def __init__(self, tool: Backend) -> None:
        """Name the tool."""
        self._tool = tool
        self._view = outer.host_view()
        self.settings = WallSettings(self._view.readable, own_users=outer.is_root())

    def start(self, purpose: Purpose) -> Slot:
        """Start a zygote in a control group."""
        del purpose
        group = cgroup.make(_MEMORY, _TASKS)
        if group is None:
            raise SandboxUnavailable("no control group can be made, which an outer wall alone needs")
        return Slot(ProcessStream(group.wrap(slots.bare(self._tool)), outer.environment(self._view)), group.remove)

    def describe(self) -> str:
        """What it is."""
        return f"{self._tool} only"

    def promises(self) -> Sequence[str]:
        """Nobody asks."""
        return ()

    def close(self) -> None:
        """Nothing is held."""


class ContainerOnly(DockerWalls):
    """Zygotes in containers, whose children build no inner wall."""

    def __init__(self, image: str) -> None:
        """Like the backend's own, for few tasks."""
        super().__init__(image, "runc", "warm", 2 * Limits.memory)
        self._hardening = {**self._hardening, "pids_limit": _TASKS}

    def start(self, purpose: Purpose) -> Slot:
        """Start a container with our launcher in it."""
        del purpose
        user = self.settings.first_user + next(self._numbers)
        more: dict[str, Any] = {"entrypoint": slots.bare_container()}
        container = Container(self._image, user, self._owner, self._hardening)
        engine = slots.Engine(self._client, more)
        return Slot(ContainerStream(engine, container, self._remove))  # type: ignore[arg-type]
