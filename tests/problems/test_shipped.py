"""The problems that come with the program, as far as reading can tell; judging them takes a sandbox."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.problems.folder import read, worked_example
from app.problems.model import Problem
from app.problems.signature import format_spec

PROBLEMS = Path(__file__).resolve().parents[2] / "problems"
SLUGS = sorted(path.name for path in PROBLEMS.iterdir() if path.is_dir())

#: slug -> arguments and return, which learners' solutions and links rely on.
SIGNATURES = {
    "batched_predict": ("params: (float32[], float32[]), batch_x: float32[N]", "float32[N]"),
    "equivalent_two_ways": ("w: float32[], x_batch: float32[N]", "float32[2]"),
    "jit_per_example_gradients": (
        "params: (float32[], float32[]), batch_x: float32[N], batch_y: float32[N]",
        "(float32[N], float32[N])",
    ),
    "mean_batch_gradient": (
        "params: (float32[], float32[]), batch_x: float32[N], batch_y: float32[N]",
        "(float32[], float32[])",
    ),
    "per_example_gradients": (
        "params: (float32[], float32[]), batch_x: float32[N], batch_y: float32[N]",
        "(float32[N], float32[N])",
    ),
    "sum_of_squares_batch": ("batch: float32[B, D]", "float32[B]"),
}


def _problem(slug: str) -> Problem:
    problem = read(PROBLEMS / slug)
    assert isinstance(problem, Problem), [str(finding) for finding in problem]
    return problem


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_problem_has_no_findings_and_known_prerequisites(slug: str) -> None:
    """The service would start without one of its problems, or point learners to one that does not exist."""
    assert set(_problem(slug).prerequisites) <= set(SLUGS)


@pytest.mark.parametrize("slug", SIGNATURES)
def test_signatures_of_shipped_problems_stay(slug: str) -> None:
    """Solutions that learners have at hand would no longer fit the problem of that name."""
    problem = _problem(slug)
    arguments = ", ".join(f"{name}: {format_spec(spec)}" for name, spec in problem.entries[slug].arguments.items())
    assert (arguments, format_spec(problem.entries[slug].returns)) == SIGNATURES[slug]


_RUN_ALL = """
import contextlib, io, json, sys
printed = {}
for slug, source in json.load(sys.stdin).items():
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        exec(compile(source, slug, "exec"), {"__name__": "__main__"})
    printed[slug] = stream.getvalue()
json.dump(printed, sys.stdout)
"""


def test_worked_examples_print_what_they_say() -> None:
    """A learner who copies a worked example would see an error, or other numbers than the page shows."""
    sources = {}
    for slug in SLUGS:
        example = worked_example(_problem(slug).statement)
        assert example is not None
        sources[slug] = example.source
    process = subprocess.run(
        [sys.executable, "-c", _RUN_ALL],
        input=json.dumps(sources),
        env={**os.environ, "JAX_PLATFORMS": "cpu"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    said = {slug: _said(source) for slug, source in sources.items()}
    assert {slug: text.splitlines() for slug, text in json.loads(process.stdout).items()} == said
    assert all(said.values())


def _said(source: str) -> list[str]:
    """The comments behind and directly below the example's outermost print calls."""
    said: list[str] = []
    follows = False
    for line in source.splitlines():
        if line.startswith("print("):
            _, _, comment = line.partition("  # ")
            said += [comment] if comment else []
            follows = True
        elif follows and line.startswith("# "):
            said.append(line[2:])
        else:
            follows = False
    return said
