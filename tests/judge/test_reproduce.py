"""The code of an example: it calls what the judge calls, with names that do not get in each other's way."""

from __future__ import annotations

import sys
import types
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from app.judge.explain.reproduce import reproduce
from app.problems.model import Problem
from app.problems.published import PublishedCase
from sandbox.entries import Call, Step
from sandbox.inside.transform import transformed
from sandbox.inside.trees import flatten
from sandbox.tree import Node
from tests.judge import small


@pytest.fixture
def problem(tmp_path: Path) -> Problem:
    """Any problem; what is called is each test's own."""
    return small.problem("in_bool", tmp_path)


def _case(call: Call, arguments: tuple[Any, ...], expected: Any = None) -> PublishedCase:
    types_, leaves = flatten(arguments, keep_static=True)
    assert isinstance(types_, Node)
    returned, outputs = flatten(expected, keep_static=False)
    inputs = tuple(np.asarray(leaf) for leaf in leaves)
    given = (tuple(np.asarray(leaf) for leaf in outputs),)
    return PublishedCase(
        "a", public=True, call=call, arguments=types_, sizes={}, inputs=(inputs,), expected=returned, outputs=given
    )


def _run(code: str, monkeypatch: pytest.MonkeyPatch, **functions: Any) -> dict[str, Any]:
    module = types.ModuleType("submission")
    module.__dict__.update(functions)
    monkeypatch.setitem(sys.modules, "submission", module)
    variables: dict[str, Any] = {}
    exec(compile(code, "example.py", "exec"), variables)
    return variables


def _power(x: Any, n: int, w: Any) -> Any:
    return jnp.sum(w * x**n)


VMAP, GRAD = Step("vmap", axes=(0, None, None)), Step("grad", wrt=(2,))
STEPS = {
    "a static value between arrays": (GRAD,),
    "the second of two arrays": (Step("value_and_grad", wrt=(0, 2)),),
    "mapped and shared": (GRAD, VMAP),
    "in a loop": (GRAD, Step("scan", axes=(0, None, None))),
    "a loop in a loop": (Step("scan", axes=(0, None, None)), Step("scan", axes=(0, None, 0))),
    "along a direction": (Step("forward_over_reverse", wrt=(2, 0)),),
    "one derivative after another": (Step("jacfwd", wrt=(0,)), Step("jacrev", wrt=(2,)), Step("jit")),
    "along a direction, mapped": (Step("forward_over_reverse", wrt=(0,)), VMAP),
}


@pytest.mark.parametrize("what", STEPS)
def test_a_transformed_call_is_the_judges(problem: Problem, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """The code would show a right result, or the derivative with respect to another argument."""
    steps = STEPS[what]
    shape = (2, 3, 2) if what == "a loop in a loop" else (3, 2)
    x = np.arange(1, 1 + np.prod(shape), dtype=np.float32).reshape(shape)
    w = np.array([[2, 3], [4, 5]] if what == "a loop in a loop" else [2, 3], np.float32)
    case = _case(Call("power", ("x", "n", "w"), steps), (x, 3, w))
    found = _run(reproduce(problem, case), monkeypatch, power=_power)
    wanted = transformed(_power, steps, case.arguments)(jnp.asarray(x), 3, jnp.asarray(w))
    jax.tree.map(np.testing.assert_array_equal, found["result"], wanted)


@pytest.mark.parametrize("name", ["jnp", "submission", "result", "expected", "lambda", "x_"])
def test_parameters_of_any_name_do_not_hide_what_the_code_needs(
    problem: Problem, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A parameter called ``jnp`` would end the code with an exception of ours."""
    case = _case(Call("f", (name, "x")), (np.float32(2), np.float32(3)), np.float32(5))
    found = _run(reproduce(problem, case), monkeypatch, f=lambda a, b: a + 2 * b)
    assert (found["result"], found["expected"]) == (8, 5)


HARNESS = """\
from __future__ import annotations

SCALE = 3


def around(solution, x):
    return SCALE * solution.f(x)
"""


def test_a_harness_is_repeated_before_its_call(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    """A learner could not call what their function is called by."""
    given = problem.model_copy(update={"harness": HARNESS})
    case = _case(Call("around", ("SCALE",), harness=True), (np.float32(2),), np.float32(6))
    assert _run(reproduce(given, case), monkeypatch, f=lambda x: x + 1)["result"] == 9
    under = _case(Call("around", ("x",), (Step("grad", wrt=(0,)),), harness=True), (np.float32(2),))
    assert _run(reproduce(given, under), monkeypatch, f=lambda x: x**2)["result"] == 12
    assert reproduce(problem.model_copy(update={"harness": HARNESS + "#" * 10_000}), case) == ""


def test_what_cannot_be_traced_is_traced(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python ``if`` on a value works when called, and the learner would see no fault."""
    case = _case(Call("f", ("x", "n")), (np.float32(2), 1))
    assert _run(reproduce(problem, case), monkeypatch, f=lambda x, n: x if x > 1 else n)["result"] == 2
    with pytest.raises(jax.errors.TracerBoolConversionError):
        _run(reproduce(problem, case, traced=True), monkeypatch, f=lambda x, n: x if x > 1 else n)


def test_what_was_changed_in_place_is_printed(
    problem: Problem, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The result is right there, and a learner would see nothing wrong."""
    given = problem.model_copy(update={"mode": "eager", "arrays": "numpy"})
    case = _case(Call("f", ("x",)), (np.zeros(2),))
    _run(reproduce(given, case, mutated=True), monkeypatch, f=lambda x: x.fill(7))
    assert "x afterwards: [7. 7.]" in capsys.readouterr().out


def test_an_object_is_expected_by_its_text(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code would name a class that the learner's machine does not know."""
    pair = __import__("collections").namedtuple("Pair", "a b")
    case = _case(Call("f", ("x",)), (np.float32(2),), pair(np.float32(1), np.float32(2)))
    assert _run(reproduce(problem, case), monkeypatch, f=lambda x: x)["expected"] == "Pair{'a': 1.0, 'b': 2.0}"
