"""``[[checks]]`` of ``problem.toml``: which cases are judged again under which transformations.

Invariant: a check comes back only if its names are those of an entry point and of its parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field

from app.problems.findings import Finding
from app.problems.folder.toml import Source
from app.problems.model import Check, Entry, Model, StaticSpec
from sandbox.entries import BATCHING, DERIVATIVES, Transformation
from sandbox.tree import MAX_RANK

#: Most transformations around one function.
_MOST = 4


class CheckTable(Model):
    """The keys of ``[[checks]]``; ``app.problems.model.Check`` says what they mean."""

    entry: str = ""
    transform: Transformation | tuple[Transformation, ...]
    wrt: tuple[str, ...] = ()
    axes: dict[str, Annotated[int, Field(ge=0, lt=MAX_RANK)] | Literal["none"]] = Field(default_factory=dict)
    size: int = Field(default=3, ge=2, le=64)
    has_aux: bool = False
    finite_differences: bool = True
    cases: tuple[str, ...] = Field(min_length=1)


def read_checks(
    tables: Sequence[CheckTable], entries: Mapping[str, Entry], source: Source, findings: list[Finding]
) -> Iterator[Check]:
    """Every check that is declared well."""
    for number, table in enumerate(tables):
        before = len(findings)
        name = table.entry or next(iter(entries))
        if name not in entries:
            message = f"checks: there is no entry point {name!r}."
            findings.append(_finding("unknown-name", message, f"Use one of {', '.join(entries)}.", source))
            continue
        transform = (table.transform,) if isinstance(table.transform, str) else table.transform
        findings += _faults(table, number + 1, transform, entries[name], source)
        if len(findings) == before:
            yield Check(
                entry=name,
                transform=transform,
                wrt=table.wrt,
                axes={each: axis if isinstance(axis, int) else None for each, axis in table.axes.items()},
                size=table.size,
                has_aux=table.has_aux,
                cases=table.cases,
                finite_differences=table.finite_differences,
            )


def _faults(
    table: CheckTable, number: int, transform: tuple[Transformation, ...], entry: Entry, source: Source
) -> Iterator[Finding]:
    for name in (*table.wrt, *table.axes):
        if name not in entry.arguments:
            message = f"checks: {name!r} is no parameter; they are {', '.join(entry.arguments)}."
            yield _finding("unknown-name", message, "Use the name of a parameter.", source)
        elif isinstance(entry.arguments[name], StaticSpec):
            message = f"checks: {name!r} is static, so that it cannot be transformed."
            yield _finding("bad-value", message, "Take it out.", source)
    if not 0 < len(transform) <= _MOST:
        message = f"checks: number {number} has {len(transform)} transformations."
        yield _finding("bad-value", message, f"Write 1 to {_MOST} of them.", source)
    used = set(transform)
    for key, given, needed in (
        ("wrt", bool(table.wrt), DERIVATIVES),
        ("axes", bool(table.axes), BATCHING),
        ("has_aux", table.has_aux, DERIVATIVES - {"forward_over_reverse"}),
    ):
        if given and not used & needed:
            message = f"checks: {key} says nothing without one of {', '.join(sorted(needed))}."
            yield _finding("bad-value", message, f"Delete {key}, or add such a transformation.", source)
    if "scan" in used and any(axis not in (0, "none") for axis in table.axes.values()):
        yield _finding("bad-value", "checks: scan maps over axis 0 only.", 'Write 0 or "none" for each axis.', source)


def _finding(code: str, message: str, mend: str, source: Source) -> Finding:
    return source.finding(code, ("checks",), message, mend)
