"""The worked example, really run, and the hint ladder."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.problems.checking.example import check_example
from app.problems.checking.filed import Outcome
from app.problems.checking.ladder import check_hints
from app.problems.findings import Finding
from app.problems.folder import read
from app.problems.model import Problem
from sandbox.jobs import Sandbox
from tests import folders


def _problem(tmp_path: Path, **pages: str) -> Problem:
    folder = folders.double(tmp_path)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text)
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    return problem


def _findings(tmp_path: Path, sandbox: Sandbox, code: str) -> list[Finding]:
    statement = folders.STATEMENT.replace("print(1)", code)
    return list(check_example(_problem(tmp_path, statement=statement), sandbox))


#: The example's first line is line 8 of the page.
RIGHT = {
    "nothing said": "print(3.5)",
    "behind a print": "print(1 + 1)  # 2",
    "below a print": "print(1)\nprint(2)\n# 2",
    "over several lines": "print('a\\nb')\n# a\n# b",
    "other spaces": "import jax.numpy as jnp\nprint(jnp.ones(2))  # [1.   1.]",
    "a print over several lines": "print(\n    1,\n    2,\n)  # 1 2",
    "two on a line": "x = 2; print(x)  # 2",
    "others in between": "print('x')\nfor each in range(2):\n    print(each)  # each\nprint('y')  # y",
    "with what must come first": "from __future__ import annotations\n\nprint(1)  # 1",
    "not ASCII": "print('é')  # é",
    "in two blocks": "x = 1\n```\n\nAnd then\n\n```python\nprint(x)  # 1",
}


@pytest.mark.parametrize("name", RIGHT)
def test_an_example_that_prints_what_it_says_has_no_finding(tmp_path: Path, sandbox: Sandbox, name: str) -> None:
    """Authors would be warned of what is right, and stop reading warnings."""
    assert _findings(tmp_path, sandbox, RIGHT[name]) == []


WRONG = {
    "behind a print": ("x = 3\nprint(x)  # 4", 9, "says `4` and prints `3`"),
    "below a print": ("print('a\\nb')\n# a", 8, "says `a` and prints `a` / `b`"),
    "more lines than said": ("print()  # 1", 8, "says `1` and prints ``"),
    "the second of two": ("print(1)  # 1\nprint(2)  # 1", 9, "says `1` and prints `2`"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_print_that_says_something_else_is_told_by_its_line(tmp_path: Path, sandbox: Sandbox, name: str) -> None:
    """A learner who copies the example would see other numbers than the page shows."""
    code, line, said = WRONG[name]
    (finding,) = _findings(tmp_path, sandbox, code)
    assert (finding.code, finding.severity, finding.line) == ("example-differs", "warning", line)
    assert said in finding.message


@pytest.mark.parametrize(
    ("code", "line", "said"),
    [
        ("x = 1\nprint(x.y)  # 1", 9, "y"),
        ("print(1)  # 1\nimport os; os.fork()", 9, ""),
        ("\ndef f(x):\n    return x[5]\n\nf([])", 10, "fewer entries"),
    ],
)
def test_an_example_that_fails_is_told_by_the_page_s_own_line(
    tmp_path: Path, sandbox: Sandbox, code: str, line: int, said: str
) -> None:
    """An author would search the page for a line of a file that only the checker has seen."""
    (finding,) = _findings(tmp_path, sandbox, code)
    assert (finding.code, finding.severity, finding.line) == ("example-fails", "error", line)
    assert said in finding.message


_GENERAL, _SHAPE = "## Think\n\nHard.\n\n", "## The shape\nafter: shape\n\nOne.\n\n"
LADDERS = {
    "general first": (_GENERAL + _SHAPE, set()),
    "tied first": (_SHAPE + _GENERAL, {"hint-order"}),
    "general last": (_GENERAL + _SHAPE + "## More\n\nThink more.\n", {"hint-order"}),
    "a verdict that a rule gives": (_GENERAL + "## Style\nafter: rule_broken\n\nMap it.\n", set()),
    "a reason that a rule gives": (_GENERAL + "## Style\nafter: required_call\n\nMap it.\n", set()),
    "a reason that nothing gives": (_GENERAL + "## NaN\nafter: nonfinite\n\nDivide.\n", {"hint-unreachable"}),
    "a verdict that nothing gives": (_GENERAL + "## Slow\nafter: time_limit\n\nHurry.\n", {"hint-unreachable"}),
}


@pytest.mark.parametrize("name", LADDERS)
def test_the_ladder_goes_from_general_to_specific(tmp_path: Path, name: str) -> None:
    """A learner would be shown a hint about a failure first, or one would wait for what never happens."""
    hints, codes = LADDERS[name]
    folder = folders.double(tmp_path)
    (folder / "hints.md").write_text(hints)
    with (folder / "problem.toml").open("a") as manifest:
        manifest.write('\n[rules]\nrequired_calls = ["jax.vmap"]\n')
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    outcomes = [Outcome(filed, filed.verdict, filed.reason, "") for filed in problem.submissions]
    findings = list(check_hints(problem, outcomes))
    assert {finding.code for finding in findings} == codes
    assert all(finding.severity == "warning" for finding in findings)
