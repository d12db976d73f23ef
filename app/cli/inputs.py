"""What commands are given: problems, sources, a sandbox; whatever is wrong with them ends the command."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from app import walls
from app.cli.output import plain
from app.cli.publications import publication
from app.cli.settings import USAGE, settings
from app.judge.source import MAX_BYTES
from app.problems.findings import Finding
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.publishing.publish import PublishFailed, publish
from sandbox.jobs import Sandbox, SandboxUnavailable
from sandbox.stages.cache import MemoryCache

BAD_PROBLEM = 3
FAULT = 5
#: Lanes of a command that judges much at once: as many as there are processors, up to so many, for each takes 250 MB.
LANES = min(8, os.cpu_count() or 1)


def stop(message: str, status: int) -> NoReturn:
    """Say what is wrong on standard error and end the command."""
    print(f"allclose: {plain(message)}", file=sys.stderr)
    raise typer.Exit(status)


def find_folder(name: str) -> Path:
    """The folder of a problem given as a path or as a name under the problems folder."""
    path = Path(name)
    shelf = settings().problems_dir
    try:
        if name and path.is_dir():
            return path.resolve()
        if name and path.name == name and (shelf / name).is_dir():
            return shelf / name
    except OSError as error:
        stop(f"there is no problem {name[:100]!r}: {error.strerror}.", USAGE)
    known = sorted(entry.name for entry in shelf.iterdir() if entry.is_dir()) if shelf.is_dir() else []
    near = difflib.get_close_matches(name, known)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Known problems: {', '.join(known) or 'none'}."
    stop(f"there is no problem {name!r}. {hint}", USAGE)


def read_problem(name: str) -> Problem:
    """The problem of a folder or name; its findings are printed if it has any."""
    folder = find_folder(name)
    problem = read(folder)
    if isinstance(problem, list):
        bad_problem(folder.name, problem)
    return problem


def bad_problem(slug: str, findings: list[Finding] | tuple[Finding, ...]) -> NoReturn:
    """End the command because of what is wrong with a problem folder."""
    lines = "\n".join(f"  {finding}" for finding in findings)
    stop(f"the problem {slug} cannot be used:\n{lines}", BAD_PROBLEM)


def prepare(name: str, sandbox: Sandbox, *, fresh: bool = False) -> Published:
    """The problem of a folder or name, with its cases and expected outputs; if ``fresh``, made anew."""
    problem = read_problem(name)
    try:
        return publish(problem, sandbox) if fresh else publication(problem, sandbox, settings())
    except PublishFailed as failed:
        bad_problem(problem.slug, failed.findings)


def read_source(name: str) -> bytes:
    """A submission's bytes, one more than allowed at most; ``-`` is standard input."""
    if name == "-" and sys.stdin is None:
        stop("standard input is closed; name a file instead of -", USAGE)
    try:
        if name == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        stop(f"cannot read {name}: {error.strerror}", USAGE)


@contextmanager
def open_sandbox(lanes: int = 1) -> Iterator[Sandbox]:
    """The operator's sandbox for the length of a command; our faults end the command with status 5.

    What it has evaluated it remembers for as long. ``lanes`` is how many jobs it runs at the same time.
    """
    chosen = settings()
    try:
        cache = MemoryCache(chosen.cache_mb << 20) if chosen.cache_mb else None
        sandbox = walls.open_sandbox(chosen, lanes, cache)
        try:
            yield sandbox
        finally:
            sandbox.close()
    except SandboxUnavailable as error:
        stop(str(error), FAULT)
