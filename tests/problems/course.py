"""The shipped course as a whole: its map, and how long and how hard to read its statements are.

``python -m tests.problems.course`` prints words per part and reading level, ``--write`` renews the map in
``problems/README.md``. Invariant: both are made from the folders and ``tracks.toml`` alone.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from app.problems import tracks
from app.problems.folder import read
from app.problems.folder.pages import split_sections
from app.problems.model import Problem

ROOT = Path(__file__).resolve().parents[2]
PROBLEMS = ROOT / "problems"
README = PROBLEMS / "README.md"
SLUGS = sorted(path.name for path in PROBLEMS.iterdir() if path.is_dir())

#: The map stands in the README between these lines.
BEGIN, END = "<!-- the map begins -->", "<!-- the map ends -->"


@cache
def problems() -> Mapping[str, Problem]:
    """Every shipped problem by its name."""
    found = {slug: read(PROBLEMS / slug) for slug in SLUGS}
    broken = {slug: each for slug, each in found.items() if not isinstance(each, Problem)}
    assert not broken, {slug: [str(finding) for finding in findings] for slug, findings in broken.items()}
    return {slug: each for slug, each in found.items() if isinstance(each, Problem)}


def the_map() -> str:
    """The tracks with their problems, as Markdown."""
    lines = [BEGIN, ""]
    for track in tracks.read(PROBLEMS)[0]:
        lines += [f"### {track.title}", "", track.summary, "", "| problem | | level | after |", "|---|---|---|---|"]
        for slug in track.problems:
            problem = problems()[slug]
            after = ", ".join(f"`{each}`" for each in problem.prerequisites)
            lines.append(f"| `{slug}` | {problem.title} | {problem.difficulty} | {after} |")
        lines.append("")
    return "\n".join([*lines, END])


def with_map(text: str) -> str:
    """A README with the present map in it."""
    before, rest = text.split(BEGIN)
    return before + the_map() + rest.split(END)[1]


def prose(statement: str) -> Iterator[str]:
    """The prose of each part of a statement: no code blocks, and code or a formula in a line is one word."""
    for section in split_sections(statement)[1:]:
        text = "\n".join(line.text for line in section.lines if not line.code)
        plain = re.sub(r"`[^`]*`|\$\$?[^$]*\$\$?", "it", text)
        yield re.sub(r"[*_#>|]|^\s*(?:[-]|\d+\.)\s", " ", plain, flags=re.MULTILINE)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: years of school that a text takes (Kincaid and others 1975, for the US Navy).

    Syllables are counted as groups of vowels without a silent final e.
    """
    words = re.findall(r"[A-Za-z]+(?:'[a-z]+)?", text)
    sentences = len(re.findall(r"[.!?:](?:\s|$)", text)) or 1
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^l])e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / max(1, len(words)) - 15.59


def table() -> str:
    """Words of each part of every statement, and its grade."""
    rows = []
    for slug, problem in problems().items():
        parts = list(prose(problem.statement))
        counts = [len(part.split()) for part in parts]
        level = grade(" ".join(parts))
        rows.append(f"{slug:36}" + "".join(f"{count:6}" for count in [*counts, sum(counts)]) + f"{level:7.1f}")
    heads = "".join(f"{head:>6}" for head in ("why", "ex.", "pitf.", "prob.", "ret.", "all"))
    return "\n".join([f"{'words':36}{heads}{'grade':>7}", *rows])


def main() -> None:
    """What the module's docstring says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew the map in problems/README.md")
    if parser.parse_args().write:
        README.write_text(with_map(README.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(table())  # noqa: T201


if __name__ == "__main__":
    main()
