"""Starts slots with and without single hardenings, and puts probes to their children.

Invariant: what a slot is built of comes from the production code; a change takes its one piece out of that, and fails
if the piece is not there.
"""

from __future__ import annotations

import dataclasses
import json
import signal
import stat
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import docker
from docker.types import LogConfig

from sandbox.docker import remove
from sandbox.frames import Message
from sandbox.inside.wall import Wall
from sandbox.slot import Exit, Slot
from sandbox.stream import ProcessStream
from sandbox.walls import cgroup, image, outer
from sandbox.walls.container import Container, ContainerStream, hardening
from tests.hardening.container import MEMORY as CONTAINER_MEMORY
from tests.hardening.container import PROCESSORS
from tests.hardening.inner import CPU_SECONDS, MEMORY, THREADS
from tests.hardening.outer import COVERED
from tests.hardening.registry import Backend, Change, Flag, Group, Inherited, Option, Rule, Step, Visible

_HERE = Path(__file__).parent
_LAUNCHER = (_HERE / "launcher.py").read_text(encoding="utf-8")
_PRELUDE = (_HERE / "prelude.py").read_text(encoding="utf-8")
_PRODUCTION = ["-m", "sandbox.inside.zygote"]
_CONTAINED = ["/opt/allclose/python", "-S", "-B"]
_SECONDS = 30.0
#: Changes of the zygote itself.
ON_SLOT = ("zygote", "groups of the zygote")
#: Of no account, and nobody else's.
USER = 0x5FFF0000


@dataclass
class Place:
    """Where probes are run: one slot, its walls, and what its probes may compare with."""

    slot: Slot
    readable: tuple[str, ...]
    user: int | None
    light: bool
    host: dict[str, Any] = field(default_factory=dict)

    def ask(self, probe: str, without: Sequence[Change] = (), host: dict[str, Any] | None = None) -> object:
        """What a fresh child behind the inner wall answers, or the name of the signal that ended it."""
        names = [name for name in without if isinstance(name, str)]
        limits = [name.removeprefix("limit:") for name in names if name.startswith("limit:")]
        wall = Wall(
            memory=MEMORY,
            cpu_seconds=None if "RLIMIT_CPU" in limits else CPU_SECONDS,
            user=self.user,
            readable=self.readable,
            threads=THREADS,
            unlimited=tuple(limits),
        )
        asked = asdict(wall)
        if self.light:
            asked["without"] = [name for name in names if not name.startswith(("limit:", "told", *ON_SLOT))]
        facts = {**self.host, **(host or {})}
        source = f"{_PRELUDE}\nHOST.update({facts!r})\ntell({probe})\n"
        child = self.slot.spawn("run", asked, output_limit=1 << 20, max_body=1 << 20)
        deadline = time.monotonic() + _SECONDS
        child.send(_job(source), deadline)
        child.close_input()
        while not isinstance(ended := child.receive(deadline), Exit):
            assert ended.header["type"] != "failed", ended.header
        printed = child.take_printed().decode()
        child.end()
        if ended.code < 0:
            return signal.Signals(-ended.code).name
        assert ended.code == 0, printed
        return json.loads(printed.splitlines()[-1])


def _job(source: str) -> Message:
    """A run that calls nothing: the probe is what executing the source does."""
    body = source.encode()
    sizes = {"leaves": 1, "depth": 1, "result": 1}
    header = {"harness": "", "x64": False, "calls": [], "arrays": "jax", "boundary": ""}
    return Message({**header, **sizes}, body)


def start(
    backend: Backend, changes: Iterable[Change] = (), *, tag: str = "", production: bool = False, light: bool = True
) -> Place:
    """A slot of ``backend`` without what ``changes`` name of the outer wall; the production zygote, or our launcher."""
    changes = tuple(changes)
    own = None if production else _launcher(changes, light=light)
    place = _container(changes, own, tag) if backend == "docker" else _local(backend, changes, own)
    place.light = not production
    place.slot.wait_until_ready()
    return place


def _launcher(changes: Sequence[Change], *, light: bool) -> list[str]:
    """What stands after the interpreter instead of ``-m sandbox.inside.zygote``."""
    options: dict[str, Any] = {"light": light}
    for name in ON_SLOT:
        if name in changes:
            options[name.partition(" ")[0]] = True
    if "wall" in changes:
        options["without"] = ["wall"]
    return ["-c", _LAUNCHER, json.dumps(options)]


def _view(changes: Sequence[Change]) -> outer.View:
    """What exists inside, with one folder more that is covered."""
    view = outer.host_view()
    more = tuple(change.path for change in changes if isinstance(change, Visible))
    kept = tuple(path for path in view.readable if not any(path.startswith(f"{shown}/") for shown in more))
    return dataclasses.replace(view, readable=(*kept, *more), hidden=(*view.hidden, COVERED))


def _local(backend: Backend, changes: Sequence[Change], launcher: list[str] | None) -> Place:
    view = _view(changes)
    command = _local_command(backend, view, changes, launcher or _PRODUCTION)
    environment = outer.environment(view)
    for change in changes:
        if isinstance(change, Inherited):
            environment = {**environment, change.name: "1"}
    group = next((change for change in changes if isinstance(change, Group)), None)
    made = None if group is None else cgroup.make(group.memory, group.tasks)
    stream = ProcessStream(command if made is None else made.wrap(command), environment)
    slot = Slot(stream) if made is None else Slot(stream, made.remove)
    return Place(slot, outer.host_view().readable, USER if outer.is_root() else None, light=True)


def _local_command(backend: Backend, view: outer.View, changes: Sequence[Change], tail: list[str]) -> list[str]:
    if backend == "alone":
        return [*within_reach(view), view.interpreter, "-S", "-B", *tail]
    assert backend in ("bubblewrap", "unshare")
    command = outer.command(backend, view)
    return _bubblewrap(command, changes, tail) if backend == "bubblewrap" else _unshare(command, changes, tail)


def bare(backend: Backend) -> list[str]:
    """The command line of a zygote behind one wall only: of the production code, or without any inner wall."""
    return _local_command(backend, outer.host_view(), (), _PRODUCTION if backend == "alone" else _no_inner_wall())


def _no_inner_wall() -> list[str]:
    return _launcher(("wall",), light=False)


#: Makes paths reachable for users who may not pass through the folders above them, in a mount namespace of its own:
#: each such folder is covered with one that they may pass through, and what was asked for is bound there again.
_REACH = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
def mount(source, target, kind, flags, options=None):
    if libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options):
        raise OSError(ctypes.get_errno(), target)
end = sys.argv.index("--")
held = [(path, os.open(path, os.O_PATH), os.path.isdir(path)) for path in sys.argv[2:end]]
mount("none", sys.argv[1], "tmpfs", 0, b"mode=0755")
for path, descriptor, folder in held:
    os.makedirs(path if folder else os.path.dirname(path), mode=0o755, exist_ok=True)
    if not folder:
        os.close(os.open(path, os.O_CREAT))
    mount(f"/proc/self/fd/{descriptor}", path, "", 4096)
os.execv(sys.argv[end + 1], sys.argv[end + 1:])
"""


def within_reach(view: outer.View) -> list[str]:
    """What must come before a command for a child with a user of its own to find its interpreter, if anything."""
    barred = {
        str(folder): None
        for path in view.readable
        for folder in reversed(Path(path).parents)
        if outer.is_root() and not folder.stat().st_mode & stat.S_IXOTH
    }
    if not barred:
        return []
    (cover,) = [folder for folder in barred if not any(folder.startswith(f"{above}/") for above in barred)]
    paths = [path for path in view.readable if path.startswith(f"{cover}/")]
    return ["unshare", "--mount", "--", view.interpreter, "-I", "-S", "-B", "-c", _REACH, cover, *paths, "--"]


def _bubblewrap(command: list[str], changes: Sequence[Change], tail: list[str]) -> list[str]:
    end = command.index("--")
    arguments, zygote = command[:end], command[end:]
    for change in changes:
        if isinstance(change, Flag):
            arguments = _replaced(arguments, change)
    return [*arguments, *zygote[: -len(_PRODUCTION)], *tail]


def _replaced(arguments: list[str], change: Flag) -> list[str]:
    kept: list[str] = []
    place, words = 0, list(change.words)
    while place < len(arguments):
        if arguments[place : place + len(words)] == words:
            kept += change.instead
            place += len(words)
        else:
            kept.append(arguments[place])
            place += 1
    assert kept != arguments, f"{change.words} is no part of the wall"
    return kept


def _unshare(command: list[str], changes: Sequence[Change], tail: list[str]) -> list[str]:
    *arguments, script, plan = command
    steps = Path(script).read_text(encoding="utf-8")
    for change in changes:
        if isinstance(change, Step):
            assert steps.count(change.old) == 1, f"{change.old!r} is no part of the wall"
            steps = steps.replace(change.old, change.new)
        elif isinstance(change, Flag):
            arguments = _replaced(arguments, change)
    settled = json.loads(plan)
    settled["command"] = [*settled["command"][: -len(_PRODUCTION)], *tail]
    return [*arguments, "-c", steps, json.dumps(settled)]


class Engine:
    """The Docker SDK's client, but for how a container is created."""

    def __init__(self, client: docker.DockerClient, more: dict[str, Any]) -> None:
        self.api = self
        self._api, self._more = client.api, more

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def create_container(self, *arguments: Any, **options: Any) -> Any:
        return self._api.create_container(*arguments, **{**options, **self._more})


def bare_container() -> list[str]:
    """The entry point of a container in which children build no inner wall."""
    return [*_CONTAINED, *_no_inner_wall()]


def _container(changes: Sequence[Change], launcher: list[str] | None, tag: str) -> Place:
    client = docker.from_env()
    options = hardening(memory=CONTAINER_MEMORY, processors=PROCESSORS)
    more: dict[str, Any] = {}
    for change in changes:
        if isinstance(change, Option) and change.name in ("user", "network_disabled"):
            more[change.name] = None
        elif isinstance(change, Option):
            _set_option(options, change)
        elif isinstance(change, Rule):
            _set_rule(options, change)
    if launcher is not None:
        more["entrypoint"] = [*_CONTAINED, *launcher]

    stream = ContainerStream(
        Engine(client, more),  # type: ignore[arg-type]
        Container(tag, USER, "tests", options),
        lambda _: None,  # ``close`` does it
    )
    identifier = stream.identifier

    def close() -> None:
        remove(client, identifier)
        client.close()

    log = client.api.inspect_container(identifier)["LogPath"]
    return Place(Slot(stream, close), image.READABLE, None, light=True, host={"log": log})


def _set_option(options: dict[str, Any], change: Option) -> None:
    assert change.name in options, f"{change.name} is no part of the wall"
    if change.of:
        names = [entry if isinstance(entry, str) else entry.name for entry in options[change.name]]
        (place,) = [number for number, name in enumerate(names) if name.startswith(change.of)]
        options[change.name][place : place + 1] = [] if change.value is None else [change.value]
    elif change.value is None:
        del options[change.name]
    else:
        options[change.name] = change.value
    if change.name == "log_config":
        options["log_config"] = LogConfig(type="json-file")


def _set_rule(options: dict[str, Any], change: Rule) -> None:
    prefix = "seccomp="
    (place,) = [number for number, entry in enumerate(options["security_opt"]) if entry.startswith(prefix)]
    profile = json.loads(options["security_opt"][place].removeprefix(prefix))
    if change.all:
        profile["defaultAction"] = "SCMP_ACT_ALLOW"
    for name in change.allow:
        profile["syscalls"] = [rule for rule in profile["syscalls"] if rule["names"] != [name]]
    if change.allow:
        profile["syscalls"].append({"names": list(change.allow), "action": "SCMP_ACT_ALLOW"})
    options["security_opt"][place] = f"{prefix}{json.dumps(profile)}"
