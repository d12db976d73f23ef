"""``allclose problem``: the author's commands."""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.text import Text

from app.cli import caches
from app.cli.inputs import BAD_PROBLEM, LANES, open_sandbox, stop
from app.cli.output import Format, console, indented, plain
from app.cli.settings import USAGE, settings
from app.cli.watch import changes, state
from app.problems.checking.check import Checked, check
from app.problems.checking.memory import Memory
from app.problems.checking.record import record
from app.problems.checking.repair import repair, repair_headers
from app.problems.checking.side_by_side import as_they_come
from app.problems.starting import CannotStart, Mode, start
from sandbox.jobs import Sandbox

#: Folders that are checked at once: what one has to do by itself leaves lanes to another.
_AT_ONCE = max(2, LANES // 2)


def new_folder(slug: str, parent: Path, mode: Mode) -> int:
    """Make the folder of a new problem and say what to do with it; returns the exit status."""
    try:
        files = start(slug, parent, mode)
    except CannotStart as refusal:
        stop(str(refusal), USAGE)
    folder = parent / slug
    comments = "Comments that begin with Replace say what is yours to write."
    print(f"{folder} is a whole problem, and checks clean. Make it yours, file by file:", flush=True)
    print("\n".join(f"  {folder / path}" for path in files))
    print(f"{comments} Then:\n  allclose problem check {shlex.quote(str(folder))}")
    return 0


@dataclass(frozen=True)
class Wishes:
    """How folders are checked.

    Attributes:
        output: what is printed.
        fix: whether what is mechanical is mended first.
        watch: whether to check again whenever a file changes, until interrupted.
        strict: whether warnings count like errors for the exit status.
        anew: whether everything is judged, whatever earlier checks have found out.
    """

    output: Format = "text"
    fix: bool = False
    watch: bool = False
    strict: bool = False
    anew: bool = False


def check_folders(folders: Sequence[Path], wishes: Wishes) -> int:
    """Check every folder and print what was found; returns the exit status.

    Plain files are passed over, so that ``problems/*`` may hold a README, and so is a folder that was given before.
    """
    for path in folders:
        if not path.exists():
            stop(f"there is no {path}", USAGE)
    folders = [*{path.resolve(): path for path in folders if path.is_dir()}.values()]
    if not folders:
        stop("none of these is a problem folder", USAGE)
    out = console()
    sound = True
    # What changes while the folders are checked for the first time counts as well.
    before = {folder: state(folder) for folder in folders}
    kept = caches.opened(settings(), "checks")
    # What is judged all the same is remembered.
    memory = Memory(kept, blank=wishes.anew)
    with open_sandbox(LANES) as sandbox:
        look = partial(_look, sandbox, memory, fix=wishes.fix)
        start = time.perf_counter()
        for looked in as_they_come(look, folders, _AT_ONCE):
            _print(out, looked, wishes.output)
            sound = looked.sound(strict=wishes.strict) and sound
        if len(folders) > 1 and wishes.output == "text":
            seconds = time.perf_counter() - start
            out.print(Text(f"{len(folders)} folders in {seconds:.0f} s, {seconds / len(folders):.1f} s each", "dim"))
        for folder in changes(before) if wishes.watch else ():
            looked = look(folder)
            _print(out, looked, wishes.output)
            sound = looked.sound(strict=wishes.strict)
    return 0 if sound else BAD_PROBLEM


@dataclass(frozen=True)
class _Looked:
    """A folder that was checked.

    Attributes:
        folder: which.
        checked: what was found.
        fixed: what was mended before, in words.
        seconds: that it took, beside others.
    """

    folder: Path
    checked: Checked
    fixed: tuple[str, ...]
    seconds: float

    def sound(self, *, strict: bool) -> bool:
        """Whether nothing was found that counts: errors, or warnings too if ``strict``."""
        return not (self.checked.findings if strict else self.checked.errors)


def _look(sandbox: Sandbox, memory: Memory, folder: Path, *, fix: bool) -> _Looked:
    """Check one folder, after mending it if asked for."""
    start = time.perf_counter()
    mended = repair(folder) if fix else []
    checked = check(folder, sandbox, LANES, memory)
    if fix and (headers := repair_headers(folder, checked.outcomes)):
        mended += headers
        checked = check(folder, sandbox, LANES, memory)
    fixed = tuple(each for each in mended if isinstance(each, str))
    failed = tuple(each for each in mended if not isinstance(each, str))
    checked = replace(checked, findings=(*failed, *checked.findings), published=None)
    return _Looked(folder, checked, fixed, time.perf_counter() - start)


def _print(out: Console, looked: _Looked, output: Format) -> None:
    if output == "json":
        told = record(looked.checked).model_dump(mode="json")
        print(json.dumps({**told, "fixed": looked.fixed, "known": looked.checked.known}), flush=True)
        return
    for each in looked.fixed:
        out.print(Text(plain(f"{looked.folder}/{each}"), "cyan"))
    print_checked(out, looked.folder, looked.checked, looked.seconds)


def print_checked(out: Console, folder: Path, checked: Checked, seconds: float) -> None:
    """What was found in a folder, and what was measured of it in so many seconds."""
    for finding in checked.findings:
        out.print(Text(plain(f"{folder}/{finding}")))
    for survivor in checked.mutation.survivors if checked.mutation is not None else ():
        if not survivor.why:
            out.print(Text(f"  change = {json.dumps(survivor.change)}"))
            out.print(Text(indented(survivor.diff)))
    errors, warnings = len(checked.errors), len(checked.findings) - len(checked.errors)
    found = Text("nothing found", "green")
    if checked.findings:
        parts = [_count(errors, "error")] * bool(errors) + [_count(warnings, "warning")] * bool(warnings)
        found = Text(", ".join(parts), "bold red" if errors else "yellow")
    judged = f" ({checked.cases} cases, {checked.submissions} filed submissions judged, {seconds:.1f} s)"
    out.print(Text.assemble((checked.slug, "bold"), ": ", found, judged if checked.cases else ""))
    for line in _figures(checked):
        out.print(Text(f"  {plain(line)}", "dim"))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s'[: number > 1]}"


def _figures(checked: Checked) -> list[str]:
    """What was measured of a folder, a line each."""
    lines = []
    for each in checked.headroom:
        room = "the reference is exact" if each.times is None else f"{each.times:.3g} times its error is allowed"
        at = "" if each.times is None else f" (case {each.case}: off by {each.error:.2g} of {each.allowance:.2g})"
        lines.append(f"headroom of {each.dtype}: {room}{at}")
    if (mutated := checked.mutation) is not None:
        counted = mutated.killed + len(mutated.survivors)
        argued = f", {mutated.argued} argued" if mutated.argued else ""
        score = f"{100 * mutated.killed / counted:.0f} %" if counted else "nothing to mutate"
        same = f"; {mutated.equivalent} more make the same program" if mutated.equivalent else ""
        lines.append(f"mutation score: {score}, {mutated.killed} of {counted} slips found{argued}{same}")
    if checked.known:
        lines.append(f"{_count(checked.known, 'verdict')} known from earlier checks; --anew judges everything")
    return lines
