"""Programs with kernels: one evaluator for those of a job, none for anybody else's, and a fresh one after a death."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from sandbox.jobs import Evaluated, Failed, GradeEvent, GradeJob, SandboxUnavailable, Signature
from sandbox.local import LocalSandbox
from sandbox.slot import Child
from sandbox.stages import evaluation
from sandbox.stages.evaluation import Evaluation
from sandbox.tree import Leaf, Node
from tests.sandbox.jobs import GOOD, LIMITS, F, outputs

_FACTOR = "import jax.numpy as jnp\ndef f(x):\n    return jnp.linalg.cholesky(x)\n"
_SIZES = (2, 3, 4)


@pytest.fixture
def spawned(default_sandbox: LocalSandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Roles of the children that the evaluators' slot has started."""
    assert outputs(default_sandbox, GOOD), "the shared evaluator is there"
    (lane,) = default_sandbox._open
    roles: list[str] = []
    spawn = lane.evaluators.spawn

    def counting(role: str, *arguments: object, **options: object) -> object:
        roles.append(role)
        return spawn(role, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(lane.evaluators, "spawn", counting)
    yield roles
    assert outputs(default_sandbox, GOOD), "the sandbox is as sound as before"


def _job() -> GradeJob:
    squares = [np.diag(np.arange(1, size + 1, dtype=np.float32) ** 2) for size in _SIZES]
    arguments = [Node("tuple", (Leaf("float32", square.shape),)) for square in squares]
    signatures = tuple(Signature(F, each, ((square,),)) for each, square in zip(arguments, squares, strict=True))
    return GradeJob(_FACTOR, signatures, limits=LIMITS)


def _told(events: Iterator[GradeEvent]) -> dict[int | None, object]:
    """By signature, what was computed, or the kind of failure."""
    told: dict[int | None, object] = {}
    for event in events:
        if isinstance(event, Evaluated):
            told[event.signature] = np.diag(event.outputs[0]).tolist()
        elif isinstance(event, Failed):
            told[event.signature] = event.failure.kind
    return told


_ALL = {number: [float(each) for each in range(1, size + 1)] for number, size in enumerate(_SIZES)}


def test_programs_of_a_job_share_an_evaluator_that_nobody_else_gets(
    default_sandbox: LocalSandbox, spawned: list[str]
) -> None:
    """Each would wait for a process of its own to start; or one submission's arrays lie where another's are made."""
    for jobs in (1, 2):
        assert _told(default_sandbox.grade(_job())) == _ALL
        assert spawned.count("evaluate") == jobs


def test_a_program_is_not_blamed_for_what_ran_before_it(
    default_sandbox: LocalSandbox, spawned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that an earlier program has spoiled would be the later one's crash."""
    _die_at(monkeypatch, signature=1, times=1)
    assert _told(default_sandbox.grade(_job())) == _ALL
    assert spawned.count("evaluate") == 2


def test_a_program_that_kills_two_has_failed_and_the_next_is_evaluated(
    default_sandbox: LocalSandbox, spawned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be tried for ever, or take the results behind it along."""
    _die_at(monkeypatch, signature=1, times=2)
    assert _told(default_sandbox.grade(_job())) == {**_ALL, 1: "crash"}
    assert spawned.count("evaluate") == 3


def test_who_ends_a_process_that_ran_nothing_else_is_not_the_program(
    default_sandbox: LocalSandbox, spawned: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash that is ours would be a submission's verdict."""
    message = Evaluation._message

    def ending(self: Evaluation, work: Any) -> object:
        if work.signature == 1:
            assert self._own is not None
            self._own.end()
        return message(self, work)

    monkeypatch.setattr(Evaluation, "_message", ending)
    with pytest.raises(SandboxUnavailable, match="something else than its limits"):
        _told(default_sandbox.grade(_job()))
    monkeypatch.undo()


def _die_at(monkeypatch: pytest.MonkeyPatch, signature: int, times: int) -> None:
    """Have the first evaluators that are sent a program make no sense."""
    listen, deaths = Evaluation._listen, [evaluation._Died() for _ in range(times)]

    def dying(self: Evaluation, child: Child, work: Any, deadline: float) -> None:
        if work.signature == signature and deaths:
            raise deaths.pop()
        listen(self, child, work, deadline)

    monkeypatch.setattr(Evaluation, "_listen", dying)
