"""What a hardening is to these tests: a probe, what it must find, and how to take exactly that hardening away.

Invariant: two runs of a probe differ in one hardening only. What would hide it is taken away in both, and named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Backend = Literal["bubblewrap", "unshare", "docker", "alone"]
#: Backends that learners' code runs behind; "alone" is the inner wall with nothing around it.
WALLED: tuple[Backend, ...] = ("bubblewrap", "unshare", "docker")
LOCAL: tuple[Backend, ...] = ("bubblewrap", "unshare")


@dataclass(frozen=True)
class Flag:
    """Drop these words wherever they stand in the tool's command line; ``instead`` takes their place."""

    words: tuple[str, ...]
    instead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """Replace a piece of ``sandbox/walls/enter.py``."""

    old: str
    new: str


@dataclass(frozen=True)
class Option:
    """Replace an argument of the container; None drops it. Of a list, only the entry ``of`` is replaced."""

    name: str
    value: Any = None
    of: str = ""


@dataclass(frozen=True)
class Rule:
    """Let the container's seccomp profile allow calls whatever their arguments, or all that it does not name."""

    allow: tuple[str, ...] = ()
    all: bool = False


@dataclass(frozen=True)
class Visible:
    """Let more of the host exist inside."""

    path: str


@dataclass(frozen=True)
class Group:
    """Take away a control group of so many bytes and tasks; the run that differs has it, other slots have none."""

    memory: int
    tasks: int


@dataclass(frozen=True)
class Inherited:
    """Give the tool more environment than it is given."""

    name: str


#: Text: what ``launcher.remove`` understands; "limit:RLIMIT_NAME"; "zygote" for what protects the zygote itself;
#: "groups of the zygote", which gives it one; "told": nothing, but only our launcher tells the probe what it asks.
Change = str | Flag | Step | Option | Rule | Visible | Group | Inherited


@dataclass(frozen=True)
class Hardening:
    """One mechanism.

    Attributes:
        layer: the heading it is filed under.
        name: what it is called.
        probe: expression evaluated in a child, see ``prelude``.
        held: what it must be there; a text that begins with SIG is the signal that must end the child.
        remove: takes it away.
        without: what is taken away in both runs, since it would hide this.
        backends: where it is part of the wall, and can be seen.
        unseen: backend -> why removing it there changes nothing that could be probed.
        root: whether only a launcher that is root builds it (True), only another (False), or either.
        landlock: the kernel's Landlock version it needs.
        alike: one of many that differ in a number only: by default they are tried alone, and behind an outer wall by
            ``make test-hostile``.
    """

    layer: str
    name: str
    probe: str
    held: object
    remove: tuple[Change, ...]
    without: tuple[Change, ...] = ()
    backends: tuple[Backend, ...] = WALLED
    unseen: Mapping[Backend, str] = field(default_factory=dict)
    root: bool | None = None
    landlock: int = 0
    alike: bool = False

    @property
    def title(self) -> str:
        """How it is told apart from all others."""
        return f"{self.layer}: {self.name}"


@dataclass(frozen=True)
class Unprobed:
    """A hardening that cannot be taken away on its own, and why."""

    layer: str
    name: str
    reason: str
