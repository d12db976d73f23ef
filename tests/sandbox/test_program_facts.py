"""What the sandbox says of programs for rules: what is live, what it costs, whether it repeats, how long it takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sandbox.jobs import Compiled, Evaluated, Failed, GradeEvent, Raced, Rival, Vetted
from sandbox.local import LocalSandbox
from tests.sandbox.jobs import GOOD, assert_healthy, grade, grade_job

_IMPORTS = "import jax, jax.numpy as jnp, numpy as np\nfrom jax import lax\n"
_LOOP = "lax.fori_loop(0, 5, lambda i, c: c * 1.5, x)"


def vetted(sandbox: LocalSandbox, body: str) -> Vetted:
    """The program of ``f`` with this body, an expression or indented lines."""
    body = body if body.startswith(" ") else f"    return {body}\n"
    (event,) = [event for event in grade(sandbox, f"{_IMPORTS}def f(x):\n{body}") if isinstance(event, Vetted)]
    return event


@pytest.mark.parametrize(
    ("body", "live"),
    [
        (_LOOP, True),
        (f"x + 0 * {_LOOP}", True),
        (f"jax.jit(lambda x: {_LOOP})(x)", True),
        (f"lax.cond(x[0] > 0, lambda: {_LOOP}, lambda: x)", True),
        (f"jnp.ones(3).at[jnp.argsort({_LOOP})].set(x)", True),
        (f"lax.fori_loop(0, {_LOOP}[0].astype(int), lambda i, c: c, x) if 0 else {_LOOP}", True),
        (f"    y = {_LOOP}\n    return x\n", False),
        (f"lax.optimization_barrier((x, {_LOOP}))[0]", False),
        (f"jax.jit(lambda x: (x, {_LOOP}))(x)[0]", False),
        (f"jax.jit(lambda x, y: x)(x, {_LOOP})", False),
        (f"lax.cond(x[0] > 0, lambda: (x, {_LOOP}), lambda: (x, x))[0]", False),
    ],
)
def test_live_is_what_a_result_depends_on(default_sandbox: LocalSandbox, body: str, live: bool) -> None:
    """A required loop could be computed and thrown away, or one that is needed be overlooked."""
    event = vetted(default_sandbox, body)
    assert ("while" in event.live) is live
    if not live:
        assert event.live.keys() <= {name.partition(".")[2] for name in event.counts}


def test_a_part_of_a_loops_state_is_live_only_if_a_result_depends_on_it(default_sandbox: LocalSandbox) -> None:
    """A product in a loop's unused state would count; one that reaches the result turn by turn would not."""
    state = "lax.fori_loop(0, 3, lambda i, s: ({}, s[1] + s[2], jnp.sin(s[2])), (x, x, x))[{}]"
    assert "sine" not in vetted(default_sandbox, state.format("s[0] * 2", 0)).live
    assert "sine" in vetted(default_sandbox, state.format("s[0] * 2", 1)).live
    assert "sine" in vetted(default_sandbox, state.format("s[0] * s[1]", 0)).live, "through two turns"


def test_live_operations_count_as_often_as_live_calls_reach_them(default_sandbox: LocalSandbox) -> None:
    """A figure about a program would depend on how it is cut into functions."""
    source = "    g = jax.jit(jnp.sin)\n    unused = g(x)\n    return g(g(x))\n"
    event = vetted(default_sandbox, source)
    assert event.live["sine"] == 2


def test_every_dtype_inside_is_told(default_sandbox: LocalSandbox) -> None:
    """A conversion to half precision and back would not show."""
    assert vetted(default_sandbox, "x * 2").dtypes == ("float32",)
    assert "bfloat16" in vetted(default_sandbox, "x.astype(jnp.bfloat16).astype(jnp.float32)").dtypes
    assert "int8" in vetted(default_sandbox, "lax.optimization_barrier((x, x.astype(jnp.int8)))[0]").dtypes


def measured(sandbox: LocalSandbox, body: str) -> Compiled:
    """XLA's figures of ``f`` on 64 numbers."""
    job = replace(grade_job(f"{_IMPORTS}def f(x):\n    return {body}\n", (64,)), measure=True)
    (event,) = [event for event in sandbox.grade(job) if isinstance(event, Compiled)]
    return event


def test_work_is_counted_as_the_program_is_written(default_sandbox: LocalSandbox) -> None:
    """Repeated products would be free, or what XLA cannot count look like nothing."""
    assert measured(default_sandbox, "x * 2").work == 64
    assert measured(default_sandbox, "jnp.exp(x)").work == 64
    product = measured(default_sandbox, "jnp.outer(x, x) @ x")
    assert product.work == 64 * 64 + 2 * 64 * 64
    assert product.memory >= 64 * 4
    assert (measured(default_sandbox, "jnp.zeros(64).at[jnp.arange(64) % 7].add(x)").work or 0) >= 64
    twice = measured(default_sandbox, "jax.jit(lambda y: jnp.sin(y) + y)(x) * jax.jit(lambda y: jnp.cos(y))(x)")
    assert twice.work == 4 * 64, "functions count as often as they are called"


def test_figures_are_told_only_if_asked_for_and_before_outputs(default_sandbox: LocalSandbox) -> None:
    """Every verdict would pay for figures that no rule needs, or a rule miss those of a program seen before."""
    assert not any(isinstance(event, Compiled) for event in grade(default_sandbox, GOOD))
    for _ in range(2):
        events = list(default_sandbox.grade(replace(grade_job(GOOD), measure=True)))
        kinds = [type(event) for event in events]
        assert kinds.count(Compiled) == 1
        assert kinds.index(Compiled) < kinds.index(Evaluated)


def test_a_second_trace_is_made_only_if_asked_for(default_sandbox: LocalSandbox) -> None:
    """Every submission would be traced twice, or one that draws pass for a function of its arguments."""
    drawing = f"{_IMPORTS}def f(x):\n    return x + np.float32(np.random.rand())\n"
    for source, twice, repeated in ((drawing, False, True), (drawing, True, False), (GOOD, True, True)):
        job = replace(grade_job(source, (3, 4)), twice=twice)
        told = [event.repeated for event in default_sandbox.grade(job) if isinstance(event, Vetted)]
        assert told == [repeated, repeated]


def raced(sandbox: LocalSandbox, body: str, *, enough: bool = False) -> list[GradeEvent]:
    """Every event of ``f`` raced against doubling."""
    (rival,) = [event for event in grade(sandbox, GOOD, (4096,)) if isinstance(event, Vetted)]
    source = f"{_IMPORTS}def f(x):\n    return {body}\n"
    job = replace(grade_job(source, (3, 4096)), rival=Rival(1, rival.program, (6, 8)))
    seen: list[GradeEvent] = []

    def satisfied() -> bool:
        return enough and any(isinstance(event, Raced) for event in seen)

    seen.extend(sandbox.grade(job, satisfied))
    return seen


def test_a_race_is_run_in_turns_and_again_unless_it_decides(default_sandbox: LocalSandbox) -> None:
    """A moment's disturbance would decide a verdict, or every verdict wait for a second race."""
    first, second = [event for event in raced(default_sandbox, "x + x") if isinstance(event, Raced)]
    assert (len(first.turns), len(second.turns)) == (6, 8)
    assert all(mine > 0 and rival > 0 for mine, rival in second.turns)
    (only,) = [event for event in raced(default_sandbox, "x + x", enough=True) if isinstance(event, Raced)]
    assert len(only.turns) == 6
    slow = "x + 0 * lax.fori_loop(0, 3000, lambda i, c: jnp.sin(c), x)"
    (lost, _) = [event for event in raced(default_sandbox, slow) if isinstance(event, Raced)]
    assert all(mine > 5 * rival for mine, rival in lost.turns)
    assert_healthy(default_sandbox)


def test_who_fails_is_not_raced(default_sandbox: LocalSandbox) -> None:
    """A submission that has failed would be run against the reference all the same."""
    events = raced(default_sandbox, "x.undefined")
    assert [event for event in events if isinstance(event, Failed)]
    assert not [event for event in events if isinstance(event, Raced)]
