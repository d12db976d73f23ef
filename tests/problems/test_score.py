"""The mutation score, through the real sandbox: what counts as killed, as the same program, and as a survivor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.problems.checking.memory import Memory
from app.problems.checking.mutating.score import FATE, Mutation, Survivor, _hurried, mutation, without_words
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.plan import limits
from app.problems.publishing.publish import publish
from sandbox.jobs import Sandbox
from sandbox.local import LocalSandbox
from sandbox.stages.cache import MemoryCache
from tests import folders
from tests.folders import DOUBLE

_CASES = (
    "import numpy as np\n\ndef public():\n    return {{'two': (np.array([1.5, 2.5], np.float32),)}}\n\n"
    "def hidden(rng):\n    return {{'four': ({},)}}\n"
)
_POSITIVE = _CASES.format("rng.uniform(1, 2, size=4).astype(np.float32)")
_BOTH = _CASES.format("rng.normal(size=4).astype(np.float32)")
_ABS = "import jax.numpy as jnp\n\n\n" + DOUBLE.format("2 * jnp.abs(x)")
_DROPPED = "double: jnp.abs(x) -> x"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A warm sandbox that remembers what it has evaluated, as the command has it."""
    made = LocalSandbox(cache=MemoryCache(16 << 20))
    yield made
    made.close()


def _mutation(sandbox: Sandbox, folder: Path, argued: str = "") -> Mutation:
    if argued:
        with (folder / "problem.toml").open("a") as manifest:
            manifest.write(f'\n[[survivors]]\nchange = "{argued}"\nwhy = "It is as right."\n')
    problem = read(folder)
    assert isinstance(problem, Problem), problem
    published = publish(problem, sandbox)
    known = Memory().of(without_words(published), sandbox.describe(), "fate", FATE)
    return mutation(published, sandbox, 2, known)


def test_a_slip_that_no_case_shows_survives_and_is_shown(tmp_path: Path, sandbox: Sandbox) -> None:
    """An author would publish cases that accept what half of the class gets wrong."""
    found = _mutation(sandbox, folders.double(tmp_path, reference_py=_ABS, cases_py=_POSITIVE))
    (survivor,) = found.survivors
    assert (survivor.change, survivor.line, survivor.why) == (_DROPPED, 5, "")
    assert "-    return 2 * jnp.abs(x)\n+    return 2 * x" in survivor.diff
    assert (found.survived, found.argued, found.killed > 4) == (1, 0, True)
    (finding,) = found.findings()
    assert (finding.code, finding.severity, finding.line) == ("mutant-survives", "warning", 5)
    assert _DROPPED in finding.message


def test_a_hidden_case_kills_what_the_public_one_does_not_show(tmp_path: Path, sandbox: Sandbox) -> None:
    """Mutants would be judged on the first case alone, and sound problems called weak."""
    found = _mutation(sandbox, folders.double(tmp_path, reference_py=_ABS, cases_py=_BOTH))
    assert found.survivors == ()


def test_an_argued_survivor_is_counted_as_such(tmp_path: Path, sandbox: Sandbox) -> None:
    """An author could not say that a slip is none, and would have to live with the warning."""
    found = _mutation(sandbox, folders.double(tmp_path, reference_py=_ABS, cases_py=_POSITIVE), _DROPPED)
    assert (found.survived, found.argued, found.unmatched) == (0, 1, ())
    assert found.survivors[0].why == "It is as right."
    assert list(found.findings()) == []


def test_a_mutant_that_makes_the_same_programs_counts_as_nothing(tmp_path: Path, sandbox: Sandbox) -> None:
    """Slips that change nothing at all would look like holes in the cases."""
    summed = DOUBLE.format("x * 2 + x.sum()")
    found = _mutation(sandbox, folders.double(tmp_path, reference_py=summed, cases_py=_BOTH))
    # x.sum(axis=0), which a vector has no other way to be summed than.
    assert (found.equivalent, found.survivors) == (1, ())


def test_a_mutant_that_never_ends_is_not_waited_for(tmp_path: Path, sandbox: Sandbox) -> None:
    """One slip in a loop would make a check take as long as all others together."""
    endless = "def double(x):\n    count = 0\n    while count < 1:\n        x, count = 2 * x, count + 1\n    return x\n"
    found = _mutation(sandbox, folders.double(tmp_path, reference_py=endless, cases_py=_BOTH))
    assert found.killed > 4


def test_mutants_have_several_times_what_a_slow_reference_takes(tmp_path: Path) -> None:
    """Every mutant of a slow reference would be killed by the clock, and the score say that the cases do it."""
    problem = read(folders.double(tmp_path))
    assert isinstance(problem, Problem)
    quick, slow = (_hurried(problem, {"call": spent, "run": spent}).limits for spent in (10.0, 1500.0))
    assert (quick.trace_seconds, quick.evaluate_seconds) == (3.0, 5.0)
    assert (slow.trace_seconds, slow.evaluate_seconds) == (7.5, 7.5)
    assert quick.cpu_seconds == limits(problem).cpu_seconds


def test_an_argument_about_nothing_is_told() -> None:
    """An argument would outlive the slip that it is about, and excuse the next one of that name."""
    found = Mutation(3, 0, (Survivor("f: x -> -x", 2, "", "Even."),), ("f: y -> -y",))
    (finding,) = found.findings()
    assert (finding.code, finding.severity, "f: y -> -y" in finding.message) == ("survivor-unknown", "warning", True)
