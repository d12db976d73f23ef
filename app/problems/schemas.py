"""What the API says of a problem.

Invariant: these models are filled from public cases only. The reference, the solution, the author's ``cases.py``, filed
submissions, the bodies of hints that a failure unlocks and everything about hidden cases have no field here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from app.problems.model import Entry, Problem, ProblemLimits, Rules
from app.problems.published import Published, PublishedCase
from app.problems.signature import format_spec
from app.problems.tables import ProblemVersion
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf, Tree, walk

#: Largest array whose values are shown; a longer one is told by its type.
MAX_SHOWN = 256


class Model(BaseModel):
    """An output: frozen and complete."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ProblemSummary(Model):
    """A problem in a list. ``version`` is the author's label, ``sha256`` the identity of its content."""

    slug: str
    title: str
    version: str
    sha256: str
    difficulty: int
    tags: tuple[str, ...]
    prerequisites: tuple[str, ...]
    published_at: datetime


class ProblemList(Model):
    """Every problem that is served, by slug."""

    items: tuple[ProblemSummary, ...]


class Value(Model):
    """One array or static value of an example.

    Attributes:
        path: where it lies: ``params[0]`` among arguments, empty for a result that is one array.
        type: ``float32[5]``; the Python type's name for a static value.
        value: nested lists, NaN and infinities as strings, complex numbers as [real, imaginary]; None if too long.
    """

    path: str
    type: str
    value: Any


class Example(Model):
    """One public case: what goes in and what comes out. ``call`` is what is called, transformations included."""

    name: str
    call: str
    arguments: tuple[Value, ...]
    returns: tuple[Value, ...]


class ProblemDetail(ProblemSummary):
    """Everything a learner needs to solve a problem.

    Attributes:
        mode: ``traced``, or ``eager`` where solutions are called on the inputs, which they then see.
        arrays: whose arrays an eager call is given, ``jax`` or ``numpy``.
        signature: the functions as they are declared, a line each, with the types of the problem's notation.
        hints: titles only; the ladder's own page has what may be read.
        limits: as they apply on this server.
    """

    mode: str
    arrays: str
    device: str
    x64: bool
    signature: str
    statement: str
    starter: str
    hints: tuple[str, ...]
    rules: Rules
    limits: ProblemLimits
    examples: tuple[Example, ...]


def summary(version: ProblemVersion) -> ProblemSummary:
    """A version as an entry of the list."""
    return ProblemSummary(**_summary(version))


def detail(version: ProblemVersion, published: Published) -> ProblemDetail:
    """A version as its learners see it."""
    problem = published.problem
    return ProblemDetail(
        **_summary(version),
        mode=problem.mode,
        arrays=problem.arrays,
        device=problem.device,
        x64=problem.x64,
        signature=_signature(problem),
        statement=problem.statement,
        starter=problem.starter,
        hints=tuple(hint.title for hint in problem.hints),
        rules=problem.rules,
        limits=problem.limits,
        examples=tuple(_example(case) for case in published.cases if case.public),
    )


def _summary(version: ProblemVersion) -> dict[str, Any]:
    return {
        "slug": version.slug,
        "title": version.title,
        "version": version.label,
        "sha256": version.sha256,
        "difficulty": version.difficulty,
        "tags": tuple(version.tags),
        "prerequisites": tuple(version.prerequisites),
        "published_at": version.published_at,
    }


def _signature(problem: Problem) -> str:
    return "\n".join(
        [
            *(_function(name, entry) for name, entry in problem.entries.items() if not entry.harness),
            *(f"{name}({', '.join(parameters)})" for name, parameters in problem.defines.items()),
        ]
    )


def _function(name: str, entry: Entry) -> str:
    parameters = ", ".join(f"{name}: {format_spec(spec)}" for name, spec in entry.arguments.items())
    return f"{name}({parameters}) -> {format_spec(entry.returns)}"


def _example(case: PublishedCase) -> Example:
    arrays = iter(case.inputs[0])
    arguments = [
        shown
        for name, tree in zip(case.call.parameters, case.arguments.children, strict=True)
        for shown in _values(name, tree, arrays)
    ]
    returns = _values("", case.expected, iter(case.outputs[0]))
    return Example(name=case.name, call=str(case.call), arguments=tuple(arguments), returns=tuple(returns))


def _values(name: str, tree: Tree, arrays: Iterable[Array]) -> list[Value]:
    """One entry per leaf of ``tree``; takes as many of ``arrays`` as it has array leaves."""
    remaining = iter(arrays)
    shown = []
    for path, leaf in walk(tree, name):
        if isinstance(leaf, Leaf):
            shown.append(Value(path=path, type=str(leaf), value=_shown(leaf, next(remaining))))
        else:
            shown.append(Value(path=path, type=type(leaf.value).__name__, value=leaf.value))
    return shown


def _shown(leaf: Leaf, array: Array) -> Any:
    if array.size > MAX_SHOWN:
        return None
    if leaf.dtype == KEY or array.dtype.kind in "biu":
        return array.tolist()
    if array.dtype.kind == "c":
        array = np.stack([array.real, array.imag], axis=-1)
    return _json(array.astype(np.float64).tolist())


def _json(numbers: list[Any] | float) -> Any:
    """Nested floats in a form that JSON has."""
    if isinstance(numbers, list):
        return [_json(item) for item in numbers]
    return numbers if math.isfinite(numbers) else str(numbers)
