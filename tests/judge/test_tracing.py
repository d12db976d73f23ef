"""When stored programs stand for a source, and when it has to be traced again."""

from __future__ import annotations

import dataclasses

import pytest

from app.judge.traces import Traces
from app.judge.tracing import collect, fitting, key, traced_with
from app.problems.model import ProblemLimits, Rules
from sandbox.entries import Call
from sandbox.jobs import Signature, TracedProgram, Vetted
from sandbox.tree import Leaf, Node
from tests.service import fakes

PROBLEM = fakes.problem("add_one")
DESCRIBED = {"jax": "0.8", "sandbox": "bubblewrap", "processor": "one"}
VECTOR, SCALAR = Leaf("float32", (3,)), Leaf("float32", ())


def signature(leaf: Leaf, name: str = "f") -> Signature:
    return Signature(Call(name, ("x",)), Node("tuple", (leaf,)))


def vetted(number: int, program: bytes) -> Vetted:
    return Vetted(number, VECTOR, "", 1, {}, (), {}, program=program)


def test_what_tracing_does_not_see_leaves_programs_good() -> None:
    """A wider tolerance or another machine would have every learner's code run again."""
    wide = {"tolerances": {}, "cases": PROBLEM.cases.model_copy(update={"seed": 8}), "version": "2.0.0"}
    rules = Rules(required_calls=("jax.vmap",))
    limits = PROBLEM.limits.model_copy(update={"evaluate_seconds": 3.0})
    before = traced_with(PROBLEM, b"a", DESCRIBED)
    assert before
    for change in (wide, {"rules": rules}, {"limits": limits}):
        assert traced_with(PROBLEM.model_copy(update=change), b"a", DESCRIBED) == before
    assert traced_with(PROBLEM, b"a", {**DESCRIBED, "sandbox": "docker", "processor": "two"}) == before


def test_what_tracing_depends_on_has_it_traced_again() -> None:
    """A verdict would rest on programs that the source does not trace to any more."""
    changes: list[dict[str, object]] = [
        {"harness": "def g(f): ..."},
        {"x64": True},
        {"limits": ProblemLimits(trace_seconds=1.0)},
        {"entries": {"other": PROBLEM.entries["add_one"]}},
    ]
    identities = {traced_with(PROBLEM.model_copy(update=change), b"a", DESCRIBED) for change in changes}
    identities |= {traced_with(PROBLEM, b"b", DESCRIBED), traced_with(PROBLEM, b"a", {**DESCRIBED, "jax": "0.9"})}
    identities |= {traced_with(PROBLEM, b"a", DESCRIBED)}
    assert len(identities) == len(changes) + 3


@pytest.mark.parametrize("change", [{"mode": "eager"}, {"device": "gpu"}, {"rules": Rules(deterministic=True)}])
def test_some_problems_are_always_traced_again(change: dict[str, object]) -> None:
    """A second trace would never be compared, or a program be evaluated that nobody has kept."""
    assert traced_with(PROBLEM.model_copy(update=change), b"a", DESCRIBED) == ""
    assert collect("", (signature(VECTOR),), [vetted(0, b"p")], "", 0) is None


def test_every_signature_needs_its_program() -> None:
    """Half of the cases would be judged, or one program on another one's inputs."""
    both = signature(VECTOR), signature(SCALAR)
    kept = collect("t", both, [vetted(0, b"p"), vetted(1, b"q")], "said", 2)
    assert kept is not None
    assert (kept.printed, kept.traced) == ("said", 2)
    assert fitting(kept, "t", both) == (TracedProgram(b"p", VECTOR), TracedProgram(b"q", VECTOR))
    assert fitting(kept, "t", both[::-1]) == (TracedProgram(b"q", VECTOR), TracedProgram(b"p", VECTOR))
    assert fitting(kept, "t", (*both, signature(VECTOR, "g"))) == ()
    assert fitting(kept, "other", both) == fitting(None, "t", both) == fitting(kept, "", both) == ()


def test_a_signature_that_differs_by_itself_is_not_kept() -> None:
    """One of two programs would stand for both."""
    twice = signature(VECTOR), signature(VECTOR), signature(SCALAR)
    programs = [vetted(0, b"p"), vetted(1, b"other"), vetted(2, b"q")]
    kept = collect("t", twice, programs, "", 0)
    assert kept == Traces("t", {key(twice[2]): TracedProgram(b"q", VECTOR)})
    assert collect("t", twice[:2], programs[:2], "", 0) is None
    same = collect("t", twice[:2], [vetted(0, b"p"), vetted(1, b"p")], "", 0)
    assert same is not None
    assert fitting(same, "t", twice[:2]) == (TracedProgram(b"p", VECTOR),) * 2


def test_values_are_no_part_of_a_signature() -> None:
    """Other hidden values would have everything traced again."""
    one = signature(VECTOR)
    assert key(dataclasses.replace(one, inputs=((),), result=5)) == key(one)
