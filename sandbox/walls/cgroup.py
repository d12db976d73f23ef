"""A control group around a slot, where one can be made: a bound on the memory and tasks of everything in it together.

The inner wall limits each process precisely; this limits what they and the kernel's own bookkeeping for them can take
as a whole. Both cgroup versions work. Invariant: a group that was made is removed with its slot, and those of a service
that was killed are removed by the next one that starts.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_PREFIX = "allclose-"
_REMOVE_SECONDS = 5.0
_NUMBERS = itertools.count(1)

#: Moves itself into every group whose path comes first, then becomes the command.
_JOIN = 'n=$1; shift; while [ "$n" -gt 0 ]; do echo $$ > "$1" || exit 97; shift; n=$((n - 1)); done; exec "$@"'

# File that holds a limit, by controller, in version 2 and version 1.
_LIMITS = ({"memory": "memory.max", "pids": "pids.max"}, {"memory": "memory.limit_in_bytes", "pids": "pids.max"})


class Cgroup:
    """One group, in one hierarchy (version 2) or one for each controller (version 1)."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Own ``folders``, which exist."""
        self.folders = tuple(folders)

    def wrap(self, command: Sequence[str]) -> list[str]:
        """``command``, started inside the group."""
        members = [str(folder / "cgroup.procs") for folder in self.folders]
        return ["/bin/sh", "-c", _JOIN, "sh", str(len(members)), *members, *command]

    def remove(self) -> None:
        """Remove the group once its last process is gone; after a few seconds that is left to the next start."""
        deadline = time.monotonic() + _REMOVE_SECONDS
        for folder in self.folders:
            while folder.exists():
                try:
                    folder.rmdir()
                except OSError:
                    if time.monotonic() > deadline:
                        return
                    time.sleep(0.01)


def make(memory: int, tasks: int) -> Cgroup | None:
    """A new group, or None where none can be made.

    Args:
        memory: bytes for everything in it.
        tasks: processes and threads in it.
    """
    name = f"{_PREFIX}{os.getpid()}-{next(_NUMBERS)}"
    sweep()
    values = {"memory": memory, "pids": tasks}
    for parents, files in zip(hierarchies(), _LIMITS, strict=True):
        if set(parents) != set(values):
            continue
        group = Cgroup(sorted({parent / name for parent in parents.values()}))
        try:
            for controller, parent in parents.items():
                (parent / name).mkdir(exist_ok=True)
                (parent / name / files[controller]).write_text(str(values[controller]), encoding="ascii")
        except OSError:
            group.remove()
            continue
        if _can_join(group):
            return group
        group.remove()
    return None


def sweep() -> None:
    """Remove the groups of killed services; one whose last processes are still dying is left for the next time."""
    for parents in hierarchies():
        for parent in set(parents.values()):
            _sweep(parent)


def hierarchies() -> tuple[dict[str, Path], dict[str, Path]]:
    """Where groups could be made, by controller: in version 2, in version 1."""
    unified: dict[str, Path] = {}
    split: dict[str, Path] = {}
    mounts = list(_mounts())
    for line in Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines():
        number, controllers, path = line.split(":", 2)
        for kind, options, place in mounts:
            if number == "0" and kind == "cgroup2":
                unified |= _delegated(Path(place), path)
            elif kind == "cgroup" and controllers and set(controllers.split(",")) <= set(options.split(",")):
                own = Path(place) / path.lstrip("/")
                split |= {name: own for name in controllers.split(",") if name in _LIMITS[1] and own.is_dir()}
    return unified, split


def _delegated(mount: Path, path: str) -> dict[str, Path]:
    """The innermost group above or at ours that hands both controllers down."""
    own = mount / path.lstrip("/")
    for folder in (own, *own.parents):
        if not folder.is_relative_to(mount):
            break
        try:
            handed = (folder / "cgroup.subtree_control").read_text(encoding="ascii").split()
        except OSError:
            continue
        if {"memory", "pids"} <= set(handed):
            return {"memory": folder, "pids": folder}
    return {}


def _mounts() -> Iterator[tuple[str, str, str]]:
    """Type, options and place of every mounted hierarchy."""
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
        _, place, kind, options, *_ = line.split()
        if kind in ("cgroup", "cgroup2"):
            yield kind, options, place


def _sweep(parent: Path) -> None:
    """Remove what processes that are gone left behind; a group that is still in use refuses to be removed."""
    for folder in parent.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            try:
                folder.rmdir()
            except OSError:
                continue


def _can_join(group: Cgroup) -> bool:
    program = shutil.which("true")
    if program is None or not os.access("/bin/sh", os.X_OK):
        return False
    return subprocess.run(group.wrap([program]), capture_output=True, check=False, timeout=10).returncode == 0
