"""Small problems that test the judge: what matters of a problem folder, and answers with the verdicts they must get.

A folder below ``problems/`` has ``problem.toml`` without what people read, ``reference.py``, ``cases.py``, what else a
problem may have, and answers: ``right_*.py`` is accepted, the first line of ``wrong_*.py`` names its verdict and
reason. Invariant: what is read is a whole problem folder, the same reader as for any other.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.problems.folder import read
from app.problems.model import Problem
from tests.problems.sample import FILES

ROOT = Path(__file__).parent / "problems"
SLUGS = sorted(path.name for path in ROOT.iterdir())

_PEOPLE = 'format = 1\ntitle = "A small problem"\nversion = "1.0.0"\ndifficulty = 1\n'
_SEED = "\n[cases]\nseed = 20261121\n"
_CASES = "[cases]"


@dataclass(frozen=True)
class Answer:
    """A submission to a small problem. ``verdict`` is followed by the reason, if it must have one."""

    slug: str
    name: str
    verdict: str

    @property
    def source(self) -> str:
        """Its text."""
        return (ROOT / self.slug / self.name).read_text()

    def __str__(self) -> str:
        """For the names of tests."""
        return f"{self.slug}-{self.name.removesuffix('.py')}"


def answers(slug: str) -> list[Answer]:
    """Every answer that is filed with a problem."""
    right = [Answer(slug, path.name, "accepted") for path in sorted((ROOT / slug).glob("right_*.py"))]
    wrong = [(path.name, path.read_text().partition("\n")[0]) for path in sorted((ROOT / slug).glob("wrong_*.py"))]
    return [*right, *(Answer(slug, name, first.removeprefix("# ")) for name, first in wrong)]


def problem(slug: str, folder: Path) -> Problem:
    """The whole problem, written into ``folder`` first."""
    own = {
        path.name: path.read_text() for path in (ROOT / slug).iterdir() if not path.name.startswith(("right", "wrong"))
    }
    own["problem.toml"] = _PEOPLE + own["problem.toml"] + ("" if _CASES in own["problem.toml"] else _SEED)
    texts = {**FILES, **own, "starter.py": own["reference.py"]}
    for path, text in texts.items():
        (folder / slug / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / slug / path).write_text(text)
    found = read(folder / slug)
    assert isinstance(found, Problem), [str(finding) for finding in found]
    return found
