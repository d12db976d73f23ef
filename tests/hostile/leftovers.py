"""What hostile code could leave on the machine, and waiting until nothing of it is left.

Invariant: only what belongs to this process or bears the corpus's own mark is looked at, so that other programs on the
machine change nothing.
"""

from __future__ import annotations

import os
import pwd
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.conftest import groups, mounts

#: In the name of everything that a file of the corpus tries to create.
MARK = "allclose-hostile"
#: Folders of the host in which a program without rights of its own may be able to create something.
_OPEN_FOLDERS = ("/", "/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run", "/run/lock", "/home", "/root")

#: Looks in a row that must be equal, and how long they may take to become so.
_EQUAL_LOOKS = 3
_STEADY_SECONDS = 90.0

Leftovers = Mapping[str, object]


def look(extra: Callable[[], Leftovers]) -> dict[str, object]:
    """Everything that must be the same before and after a hostile file; ``extra`` is the backend's own."""
    return {
        "processes": Counter(map(_command, _descendants())),
        "threads": sorted(thread.name for thread in threading.enumerate() if "pytest_timeout" not in thread.name),
        "descriptors": len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - a listing of numbers, not of paths
        "mounts": mounts(),
        "control groups": len([path for path in groups() if path.name.split("-")[1] == str(os.getpid())]),
        "System V objects": {kind: _objects(kind) for kind in ("shm", "msg", "sem")},
        "marked files": sorted(name for folder in _OPEN_FOLDERS for name in _marked(folder)),
        **extra(),
    }


def steady(extra: Callable[[], Leftovers]) -> Leftovers:
    """What there is once nothing changes any more: a sandbox may still be replacing what the last job has used up."""
    looks = [look(extra)]
    deadline = time.monotonic() + _STEADY_SECONDS
    while looks[-_EQUAL_LOOKS:] != looks[-1:] * _EQUAL_LOOKS:
        assert time.monotonic() < deadline, f"nothing is ever the same for long: {looks[-2:]}"
        time.sleep(1.5)
        looks.append(look(extra))
    return looks[-1]


def settle(before: Leftovers, extra: Callable[[], Leftovers], seconds: float) -> dict[str, tuple[object, object]]:
    """Wait until all is as ``before``; what still differs after ``seconds``, as (before, after)."""
    deadline = time.monotonic() + seconds
    while True:
        after = look(extra)
        differing = {kind: (before[kind], value) for kind, value in after.items() if value != before[kind]}
        if not differing or time.monotonic() > deadline:
            return differing
        time.sleep(0.05)


def _descendants() -> Iterator[int]:
    """Processes that this one started, directly or not."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    for number, starter in parents.items():
        parent = starter
        while parent in parents and parent != os.getpid():
            parent = parents[parent]
        if parent == os.getpid():
            yield number


def _command(number: int) -> str:
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    return f"{Path(os.fsdecode(words[0])).name} {os.fsdecode(words[-2]) if len(words) > 1 else ''}"


def _objects(kind: str) -> int:
    """How many objects of System V there are that can be of ours: not of a living program, nor of another's account."""
    path = Path("/proc/sysvipc") / kind
    if not path.exists():
        return 0
    names, *rows = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
    ours = {os.getpid(), *_descendants()}
    others = {entry.pw_uid for entry in pwd.getpwall()} - {os.getuid()}
    found = [dict(zip(names, map(int, row), strict=True)) for row in rows]
    living = {each["cpid"] for each in found if "cpid" in each and Path(f"/proc/{each['cpid']}").exists()} - ours
    return len([each for each in found if each["uid"] not in others and each.get("cpid") not in living])


def _marked(folder: str) -> Iterator[str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names are all that is asked for
    except OSError:
        return
    yield from (f"{folder}/{name}" for name in names if MARK in name)
