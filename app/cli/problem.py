"""``allclose problem``: the author's commands."""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.text import Text

from app.cli.inputs import BAD_PROBLEM, open_sandbox, stop
from app.cli.output import Format, console, plain
from app.cli.settings import USAGE
from app.problems.checking.check import Checked, check
from app.problems.starting import CannotStart, Mode, start


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


def check_folders(folders: Sequence[Path], output: Format) -> int:
    """Check every folder and print what was found; returns the exit status.

    Plain files are passed over, so that ``problems/*`` may hold a README.
    """
    for path in folders:
        if not path.exists():
            stop(f"there is no {path}", USAGE)
    folders = [path for path in folders if path.is_dir()]
    if not folders:
        stop("none of these is a problem folder", USAGE)
    out = console()
    sound = True
    with open_sandbox() as sandbox:
        for folder in folders:
            start = time.perf_counter()
            checked = check(folder, sandbox)
            sound = sound and not checked.findings
            if output == "json":
                findings = [asdict(finding) for finding in checked.findings]
                print(json.dumps({"problem": checked.slug, "findings": findings}), flush=True)
            else:
                _print(out, folder, checked, time.perf_counter() - start)
    return 0 if sound else BAD_PROBLEM


def _print(out: Console, folder: Path, checked: Checked, seconds: float) -> None:
    for finding in checked.findings:
        out.print(Text(plain(f"{folder}/{finding}")))
    count = len(checked.findings)
    found = Text("nothing found", "green") if count == 0 else Text(f"{count} finding{'s'[: count > 1]}", "bold red")
    judged = f" ({checked.cases} cases, {checked.submissions} filed submissions judged, {seconds:.1f} s)"
    out.print(Text.assemble((checked.slug, "bold"), ": ", found, judged if count == 0 else ""))
