"""What a verdict says about time: nothing that a program could have written hidden values into."""

from __future__ import annotations

import pytest

from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.timings import COARSE, SHAPES_ONLY, told
from app.problems.published import Published
from sandbox.jobs import Sandbox
from tests import folders
from tests.judge.conftest import Publish

#: Runs for a time that the first element of its input says.
_LOOPS = """\
import jax
import jax.numpy as jnp


def double(x):
    turns = jnp.int32(jnp.clip(jnp.abs(x[0]) * 1000, 0, 100_000))
    return 2 * x + 0 * jax.lax.fori_loop(0, turns, lambda i, y: jnp.sin(y), x)
"""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, published: Publish, sandbox: Sandbox) -> Judged:
    """The end of the judging of a program whose run time depends on hidden values."""
    problem: Published = published(folders.double(tmp_path_factory.mktemp("problems")))
    *_, last = judge(problem, _LOOPS.encode(), sandbox)
    assert isinstance(last, Judged)
    assert last.report.verdict == "accepted", last.report.message
    return last


def test_a_report_tells_only_the_time_of_what_sees_no_values(judged: Judged) -> None:
    """A loop as long as a hidden value says would print that value in microseconds."""
    assert set(judged.report.timings_ms) == {*SHAPES_ONLY, "total"}
    assert judged.report.timings_ms["total"] % COARSE == 0
    assert judged.report.timings_ms["total"] >= judged.spent_ms["total"]


def test_operators_know_where_the_time_went_and_nobody_else_does(judged: Judged) -> None:
    """A slow service could not be told from a slow program, or an event that is sent would say what reports do not."""
    assert {"run", "compare"} <= set(judged.spent_ms)
    assert judged.spent_ms["run"] > 0
    assert len(judged.case_ms) == len(judged.report.cases)
    assert all(taken is not None and taken > 0 for taken in judged.case_ms)
    written = judged.model_dump_json()
    assert "case_ms" not in written
    assert "spent_ms" not in written
    assert '"run"' not in written
    assert Judged.model_validate_json(written).spent_ms == {}
    assert "spent_ms" not in Judged.model_json_schema(mode="serialization")["properties"]
    assert "spent_ms" not in repr(judged)


@pytest.mark.parametrize("stage", ["run", "race", "call", "evaluate", "compare"])
def test_a_stage_that_values_lengthen_is_not_told(stage: str) -> None:
    """A stage of another mode, or one that is added to the sandbox, would be told as it came."""
    seen = told({"trace": 12.3456, stage: 45.6, "total": 200.1})
    assert seen == {"trace": 12.346, "total": 300.0}


def test_what_is_told_of_two_values_is_the_same() -> None:
    """Reports of runs that differ by a value would differ by more than tenths of a second."""
    quick, slow = ({"trace": 5.0, "run": run, "total": 110.0 + run} for run in (0.01, 70.0))
    assert told(quick) == told(slow)
