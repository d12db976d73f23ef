"""``allclose doctor``: what this machine can do, what it lacks, and how to get it."""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from app import walls
from app.cli.inputs import FAULT
from app.cli.output import Format, console
from app.cli.settings import settings
from app.problems.limits import LimitLine, table
from sandbox import docker
from sandbox.inside import landlock, seccomp
from sandbox.jobs import SandboxUnavailable
from sandbox.walls import outer

_VERSIONS = {"bubblewrap": ["bwrap", "--version"], "unshare": ["unshare", "--version"]}


def examine(output: Format) -> int:
    """Try to build the sandbox and say what came of it; returns the exit status, 5 if no wall can be built."""
    facts: dict[str, object] = {
        "kernel": platform.release(),
        "machine": platform.machine(),
        "user": "root: every job gets a user of its own" if outer.is_root() else "ordinary user",
        "seccomp": "supported" if seccomp.supported() else "no system call table for this processor",
        "landlock": f"version {landlock.abi()}" if landlock.abi() else "missing",
        **{name: _version(command) for name, command in _VERSIONS.items()},
        "docker": docker.survey(settings().docker_image or None),
    }
    limits = table(settings())
    weaker: list[str] = []
    missing = ""
    try:
        sandbox = walls.open_sandbox(settings())
    except SandboxUnavailable as error:
        missing = str(error)
    else:
        facts |= sandbox.describe()
        weaker = list(sandbox.promises())
        sandbox.close()
    if output == "json":
        report = {
            "ready": not missing,
            "missing": missing,
            "weaker": weaker,
            "facts": facts,
            "limits": [asdict(line) for line in limits],
        }
        print(json.dumps(report), flush=True)
    else:
        _print(console(), facts, limits, weaker, missing)
    return FAULT if missing else 0


def _version(command: list[str]) -> str:
    program = shutil.which(command[0])
    if program is None:
        return "not installed"
    found = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False, timeout=10)  # noqa: S603
    return found.stdout.strip() or "installed"


def _print(
    out: Console, facts: dict[str, object], limits: Sequence[LimitLine], weaker: list[str], missing: str
) -> None:
    for name, value in facts.items():
        out.print(Text.assemble((f"{name:12}", "bold"), f" {value}"))
    out.print(Text("limits of one submission, and the most that a problem may ask for:", "bold"))
    for line in limits:
        bound = f"at most {line.shown_bound}, {line.variable}" if line.variable else "no problem can change it"
        out.print(f"  {line.name:18} {line.shown:>12}   {bound}")
    for sentence in weaker:
        out.print(Text(f"weaker here: {sentence}", "yellow"))
    if missing:
        out.print(Text(missing, "bold red"))
    else:
        out.print(Text("The self-test passed: honest code runs, and nothing got out.", "green"))
