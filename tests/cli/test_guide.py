"""The author's guide, followed word for word from an empty folder to a problem that grades.

What a reader does not see says what a block is: behind ``sh`` the exit status of its last command, if that is not 0,
and behind any other language the file that it is the whole text of. A ``text`` block holds lines of what the commands
before it print; ``…`` stands for anything.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import require

PAGE = Path(__file__).resolve().parents[2] / "problems/README.md"
#: Seconds for all of it, on a busy machine.
LONGEST = 900
_FENCE = re.compile(r"(?P<fence>`{3,})(?P<language>\w+) ?(?P<more>.*)")


@dataclass(frozen=True)
class Block:
    """A fenced block of the page, with the line of prose above it."""

    language: str
    more: str
    text: str
    above: str

    @property
    def file(self) -> str | None:
        return self.more.removeprefix("file=") if self.more.startswith("file=") else None

    @property
    def status(self) -> int:
        return int(self.more.removeprefix("status=") or 0)


def guide() -> str:
    """The part of the page that is to be followed."""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition("\n## Your first problem\n")
    steps, end, _ = rest.partition("\n## The folder\n")
    assert end
    return steps


def blocks(text: str) -> Iterator[Block]:
    lines, above = iter(text.splitlines()), ""
    for line in lines:
        if opened := _FENCE.fullmatch(line):
            inside = []
            while (line := next(lines)) != opened["fence"]:
                inside.append(line)
            yield Block(opened["language"], opened["more"], "\n".join(inside) + "\n", above)
        elif line:
            above = line


def script(steps: Sequence[Block], stage: Path) -> str:
    """One shell session: files are put in place and commands run in the order of the page, each part told by a line."""
    parts = []
    for number, step in enumerate(steps):
        if step.file is not None:
            (stage / str(number)).write_text(step.text, encoding="utf-8")
            parts.append(f"cp {shlex.quote(str(stage / str(number)))} {shlex.quote(step.file)} || exit 99\n")
        elif step.language == "sh":
            parts.append(f"echo '@@ {number}'\n{step.text}printf '\\n@@ status %s\\n' $?\n")
    return "".join(parts)


def follow(text: str, folder: Path) -> str:
    """What the whole session prints; whatever it started is gone when this returns."""
    tools = folder / "tools"
    tools.mkdir()
    command = tools / "allclose"
    command.write_text(f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -c 'from app.cli import main; main()' \"$@\"\n")
    command.chmod(0o755)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALLCLOSE_")}
    environment["PATH"] = f"{tools}:{Path(sys.executable).parent}:{environment['PATH']}"
    (folder / "empty").mkdir()
    process = subprocess.Popen(
        ["bash", "-c", text],
        cwd=folder / "empty",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=LONGEST)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    return printed


@pytest.mark.timeout(960)
def test_the_guide_leads_to_a_problem_that_grades(tmp_path: Path) -> None:
    """An author who follows the guide would end with an error, or with a problem that accepts a wrong answer."""
    require("curl")
    steps = [*blocks(guide())]
    (tmp_path / "stage").mkdir()
    printed = follow(script(steps, tmp_path / "stage"), tmp_path)
    shown = dict(re.findall(r"^@@ (\d+)\n(.*?)\n@@ status \d+$", printed, re.MULTILINE | re.DOTALL))
    statuses = [int(status) for status in re.findall(r"^@@ status (\d+)$", printed, re.MULTILINE)]
    commands = [step for step in steps if step.language == "sh"]
    assert statuses == [step.status for step in commands], printed
    latest = ""
    for number, step in enumerate(steps):
        if step.language == "sh":
            latest = shown[str(number)]
        elif step.language == "text":
            for line in step.text.splitlines():
                pattern = ".*".join(map(re.escape, line.split("…")))
                assert re.search(f"^ *{pattern}$", latest, re.MULTILINE), f"{line!r} is not in\n{latest}"
    for verdict in ('"verdict":"accepted"', '"verdict":"wrong_answer","reason":"nonfinite"'):
        assert verdict in printed


def test_the_guide_tells_readers_what_it_tells_the_test() -> None:
    """The test would put a file in place that no reader is told to write, and the guide would work for it only."""
    files = [step for step in blocks(guide()) if step.file is not None]
    assert len(files) >= 13
    for step in files:
        assert step.above.startswith(f"Write `{step.file}`"), step.above
        assert step.above.endswith(":"), step.above
    assert {step.language for step in blocks(guide())} == {"sh", "text", "toml", "python", "markdown"}


def test_lines_of_the_guide_can_be_wrong() -> None:
    """The test would pass whatever the guide says, since it takes nothing from it."""
    (step,) = blocks("Write `a.py`, so:\n\n````python file=a.py\nx = '```'\n````\n")
    assert (step.file, step.text, step.above) == ("a.py", "x = '```'\n", "Write `a.py`, so:")
    (step,) = blocks("```sh status=3\nfalse\n```\n")
    assert (step.status, step.file) == (3, None)
