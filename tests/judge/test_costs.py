"""The rules on what programs are made of and cost, as functions of figures alone."""

from __future__ import annotations

import pytest

from app.judge.rules.costs import MEMORY_SLACK, WORK_SLACK, check_cost, check_countable, check_operations, check_race
from app.judge.rules.programs import ProgramRules
from app.judge.rules.unrolling import OperationCount
from app.problems.model import Rules
from app.problems.published import ReferenceProgram
from sandbox.jobs import Compiled, Raced, Vetted
from sandbox.tree import Leaf

_SIGNATURE = "x: float32[5]"


def program(*names: str, live: tuple[str, ...] = (), calls: tuple[str, ...] = (), dtype: str = "float32") -> Vetted:
    counts = {f"stablehlo.{name}": 1 for name in names}
    return Vetted(0, Leaf("float32", ()), "0", 1, counts, calls, {}, dict.fromkeys(live, 1), (dtype,))


def test_what_is_required_is_asked_for_only_where_the_reference_has_it() -> None:
    """At one row a scan has no loop: everybody would be refused there, the reference too."""
    rules = Rules(required_operations=("while",))
    assert check_operations(rules, program("add"), _SIGNATURE, ()) is None
    assert check_operations(rules, program("while", live=("while",)), _SIGNATURE, ("while",)) is None
    assert check_operations(rules, program("while"), _SIGNATURE, ("while",)) is not None


def test_a_kernel_is_ruled_out_by_its_target_alone() -> None:
    """Ruling out one factorisation would rule out all, or none."""
    rules = Rules(forbidden_operations=("custom_call:lapack_sgetrf_ffi",))
    assert check_operations(rules, program("custom_call", calls=("lapack_spotrf_ffi",)), _SIGNATURE, ()) is None
    broken = check_operations(rules, program("custom_call", calls=("lapack_sgetrf_ffi",)), _SIGNATURE, ())
    assert broken is not None
    assert broken.reason == "forbidden_operation"


@pytest.mark.parametrize("name", ["while", "composite", "custom_call"])
def test_work_that_is_not_counted_breaks_a_limit_on_work(name: str) -> None:
    """A thousand products in a loop would count as one."""
    vetted = program(name, calls=("lapack_sgetrf_ffi",) if name == "custom_call" else ())
    assert check_countable(Rules(), vetted, _SIGNATURE) is None
    assert check_countable(Rules(most_work=2), program("dot_general"), _SIGNATURE) is None
    broken = check_countable(Rules(most_work=2), vetted, _SIGNATURE)
    assert broken is not None
    assert "cannot be counted" in broken.message


@pytest.mark.parametrize(
    ("work", "memory", "reason"),
    [
        (2 * 10_000 + WORK_SLACK, 3 * 100_000 + MEMORY_SLACK, None),
        (2 * 10_000 + WORK_SLACK + 1, 0, "too_much_work"),
        (0, 3 * 100_000 + MEMORY_SLACK + 1, "too_much_memory"),
        (None, 0, "too_much_work"),
    ],
)
def test_costs_are_held_against_the_references(work: int | None, memory: int, reason: str | None) -> None:
    """A program at the very edge of what is allowed was refused, or one beyond it passed."""
    reference = ReferenceProgram(operations=3, work=10_000, memory=100_000)
    broken = check_cost(Rules(most_work=2, most_memory=3), Compiled(0, work, memory), reference, _SIGNATURE)
    assert (broken and broken.reason) == reason
    assert check_cost(Rules(), Compiled(0, work, memory), reference, _SIGNATURE) is None


def test_a_race_is_decided_by_the_median_of_its_turns() -> None:
    """A few disturbed turns would decide a verdict."""
    rules = Rules(most_time=2)
    assert check_race(rules, [(100, 100)] * 5 + [(10_000, 100)] * 4, _SIGNATURE) is None
    assert check_race(rules, [(200, 100)] * 9, _SIGNATURE) is None
    broken = check_race(rules, [(100, 100)] * 4 + [(300, 100)] * 5, _SIGNATURE)
    assert broken is not None
    assert "more than 2 times as long" in broken.message
    assert "300" not in broken.message, "a run time may depend on hidden values"


def test_the_second_race_overrules_the_first() -> None:
    """Whoever was disturbed in the first race would be refused although the second was won."""
    state = ProgramRules(Rules(most_time=2))
    state.take_race(Raced(0, ((300, 100),)), _SIGNATURE)
    assert (state.won, state.broken and state.broken.reason) == (False, "too_slow")
    state.take_race(Raced(0, ((100, 100),)), _SIGNATURE)
    assert (state.won, state.broken) == (True, None)


def test_the_first_broken_rule_is_told() -> None:
    """A learner would be told of what a large case costs before what the first one shows."""
    state = ProgramRules(Rules(forbidden_dtypes=("float16",), most_work=1))
    reference = ReferenceProgram(operations=3, work=0)
    count = OperationCount("f", None, _SIGNATURE, 1, 3)
    assert state.take_program(program("add", dtype="float16"), count, reference) is None
    state.take_figures(Compiled(0, 10**6, 0), _SIGNATURE, reference)
    assert state.broken is not None
    assert state.broken.reason == "forbidden_dtype"
