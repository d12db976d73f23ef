"""What the API says of a problem, and what it takes to change how one is served.

Invariant: what is sent is filled from public cases only. The reference, the solution, the author's ``cases.py``, filed
submissions, the bodies of hints that a failure unlocks and everything about hidden cases have no field here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from app.http.bodies import Input
from app.problems.folder.files import STARTER, STATEMENT
from app.problems.model import Entry, Problem, ProblemLimits, Rules
from app.problems.published import Published, PublishedCase
from app.problems.signature import format_spec
from app.problems.tables import ProblemVersion, ServedProblem
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf, Tree, walk

#: Who may see a problem.
Visibility = Literal["public", "unlisted", "hidden"]

#: Largest array whose values are shown; a longer one is told by its type.
MAX_SHOWN = 256


class Model(BaseModel):
    """An output: frozen and complete."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ProblemSummary(Model):
    """A problem in a list.

    Attributes:
        version: the author's label.
        sha256: the identity of its content.
        visibility: ``public``; ``unlisted`` is seen by whoever knows the name; ``hidden`` by instructors only.
    """

    slug: str
    title: str
    version: str
    sha256: str
    difficulty: int
    tags: tuple[str, ...]
    prerequisites: tuple[str, ...]
    published_at: datetime
    visibility: str


class ProblemList(Model):
    """Every problem that is served and listed for you, by slug."""

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
        enforce_prerequisites: whether attempts are taken only of whoever has solved what comes before.
        missing_prerequisites: what comes before, can be solved here, and you have not solved.
        mode: ``traced``, or ``eager`` where solutions are called on the inputs, which they then see.
        arrays: whose arrays an eager call is given, ``jax`` or ``numpy``.
        signature: the functions as they are declared, a line each, with the types of the problem's notation.
        hints: titles only; the ladder's own page has what may be read.
        limits: as they apply on this server.
    """

    enforce_prerequisites: bool
    missing_prerequisites: tuple[str, ...]
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


class Draft(Model):
    """An uploaded problem as learners would see it, as far as it can be read.

    Attributes:
        title: the author's, or the problem's name while its manifest cannot be read.
        signature: as that of ``ProblemDetail``; empty while the manifest cannot be read.
        hints: titles only.
        examples: none while the reference does not run.
    """

    title: str
    signature: str
    statement: str
    starter: str
    hints: tuple[str, ...]
    examples: tuple[Example, ...]


class Version(Model):
    """A version of a problem.

    Attributes:
        version: the author's label.
        sha256: the identity of its content.
        current: whether it is the one that is served.
        outdated: whether its expected outputs were computed by another toolchain, so that it cannot be served again.
    """

    id: str
    version: str
    sha256: str
    title: str
    published_at: datetime
    current: bool
    outdated: bool


class VersionList(Model):
    """Every version of a problem, the latest first.

    Attributes:
        origin: where the served one comes from: the operator's ``folder``, or an ``upload``; null if none is served.
    """

    slug: str
    origin: str | None
    items: tuple[Version, ...]


class Publication(Input):
    """What to publish: a checked upload, or a version that was published before.

    Attributes:
        upload: the id of an upload.
        version: the id of a version.
        visibility: who may see the problem; as it was, if left out, and ``public`` for a new problem.
    """

    upload: str | None = Field(default=None, max_length=64)
    version: str | None = Field(default=None, max_length=64)
    visibility: Visibility | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Publication:
        if (self.upload is None) == (self.version is None):
            raise PydanticCustomError("publication", "give the id of an upload or that of a version, one of both")
        return self


class ProblemChange(Input):
    """How a problem is shown; what is left out stays as it is."""

    visibility: Visibility | None = None
    enforce_prerequisites: bool | None = None


def summary(row: ServedProblem) -> ProblemSummary:
    """What is served under a name as an entry of the list."""
    return ProblemSummary(**_summary(row))


def version_list(
    slug: str, row: ServedProblem | None, versions: Sequence[ProblemVersion], computes: Callable[[str], bool]
) -> VersionList:
    """Every version of a problem as it is sent; ``computes`` says of a toolchain's digest whether it is used here."""
    current = None if row is None else row.version_id
    items = tuple(
        Version(
            id=each.id,
            version=each.label,
            sha256=each.sha256,
            title=each.title,
            published_at=each.published_at,
            current=each.id == current,
            outdated=not computes(each.toolchain_sha256),
        )
        for each in versions
    )
    return VersionList(slug=slug, origin=row.origin if row is not None and current else None, items=items)


def detail(row: ServedProblem, published: Published, missing: Sequence[str]) -> ProblemDetail:
    """What is served under a name, as somebody sees it who has not solved the problems ``missing``."""
    problem = published.problem
    return ProblemDetail(
        **_summary(row),
        enforce_prerequisites=row.enforce_prerequisites,
        missing_prerequisites=tuple(missing),
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


def draft(problem: Problem, cases: Sequence[PublishedCase]) -> Draft:
    """An uploaded problem that can be read, with its ``cases`` if it could be published."""
    return Draft(
        title=problem.title,
        signature=_signature(problem),
        statement=problem.statement,
        starter=problem.starter,
        hints=tuple(hint.title for hint in problem.hints),
        examples=tuple(_example(case) for case in cases if case.public),
    )


def raw_draft(slug: str, files: Mapping[str, bytes]) -> Draft:
    """The pages of an uploaded folder that cannot be read as a problem."""
    pages = {name: files.get(name, b"").decode("utf-8", "replace") for name in (STATEMENT, STARTER)}
    return Draft(title=slug, signature="", statement=pages[STATEMENT], starter=pages[STARTER], hints=(), examples=())


def _summary(row: ServedProblem) -> dict[str, Any]:
    version = row.version
    assert version is not None  # what is not served is not shown
    return {
        "slug": version.slug,
        "title": version.title,
        "version": version.label,
        "sha256": version.sha256,
        "difficulty": version.difficulty,
        "tags": tuple(version.tags),
        "prerequisites": tuple(version.prerequisites),
        "published_at": version.published_at,
        "visibility": row.visibility,
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
