"""What the page of a problem shows beside its texts: examples, rules, inputs to try, hints, the solution.

Invariant: it is made of public cases, and of hints and solutions that are open to whoever looks.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.judge.explain.shown import arguments_text, value_text
from app.problems.folder.pages import EXAMPLE, split_sections, worked_example
from app.problems.model import ArraySpec, DictSpec, Entry, Problem, Rules, Spec, TupleSpec
from app.problems.published import Published, PublishedCase
from app.problems.signature import format_spec
from app.web import markup
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf, Node, Static, Tree

#: Longest text of an example's value, and of an input that is filled in, in characters.
_LONGEST = 2000


@dataclass(frozen=True)
class Section:
    """One part of a statement. ``example`` is the program that runs its code, if it is the worked example."""

    title: str
    body: Markup
    example: str | None


@dataclass(frozen=True)
class ExampleView:
    """A public case as text; what is too long is empty."""

    name: str
    call: str
    arguments: str
    returns: str


@dataclass(frozen=True)
class OwnArgument:
    """A field for one argument of an own input: its type, and a value to begin with, in JSON."""

    name: str
    type: str
    value: str


@dataclass(frozen=True)
class OwnEntry:
    """Fields for the arguments of one function."""

    name: str
    arguments: tuple[OwnArgument, ...]


@dataclass(frozen=True)
class DiffLine:
    """A line of a difference; ``sign`` is ``+``, ``-`` or a space, ``?`` for lines that are left out."""

    sign: str
    text: str


def sections(problem: Problem) -> list[Section]:
    """The statement in parts; what stands before the first heading has no title."""
    found = (part for part in split_sections(problem.statement) if part.body)
    return [
        Section(part.title, markup.render(part.body), example_program(problem) if part.title == EXAMPLE else None)
        for part in found
    ]


def example_program(problem: Problem) -> str | None:
    """The worked example as a source that can be run: with a function that does nothing wherever one has to be."""
    example = worked_example(problem.statement)
    if example is None:
        return None
    stubs = (f"\n\ndef {name}({', '.join(names)}):\n    return None\n" for name, names in problem.functions.items())
    return example.source.strip("\n") + "\n" + "".join(stubs)


def names(problem: Problem) -> list[str]:
    """What an editor may complete of the problem's own: functions and their parameters."""
    known = [*problem.functions, *(name for parameters in problem.functions.values() for name in parameters)]
    return list(dict.fromkeys(known))


def signature(problem: Problem) -> str:
    """The functions as they are declared."""
    lines = [_function(name, entry) for name, entry in problem.entries.items() if not entry.harness]
    return "\n".join([*lines, *(f"{name}({', '.join(given)})" for name, given in problem.defines.items())])


def _function(name: str, entry: Entry) -> str:
    parameters = ", ".join(f"{key}: {format_spec(spec)}" for key, spec in entry.arguments.items())
    return f"{name}({parameters}) -> {format_spec(entry.returns)}"


def rules(declared: Rules) -> Iterator[tuple[str, str]]:
    """The rules that apply, each with what it is about."""
    for name, value in declared.model_dump(exclude_defaults=True).items():
        yield (
            name,
            ", ".join(value) if isinstance(value, tuple | list) else f"{value:g}" if _is_number(value) else str(value),
        )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def examples(published: Published) -> list[ExampleView]:
    """The public cases."""
    return [_example(case) for case in published.cases if case.public]


def _example(case: PublishedCase) -> ExampleView:
    arguments = arguments_text(case.call, case.arguments, case.inputs[0])
    returns = value_text(case.expected, iter(case.outputs[0]))
    texts = [text if len(text) <= _LONGEST else "" for text in (arguments, returns)]
    return ExampleView(case.name, str(case.call), *texts)


def own_entries(published: Published) -> list[OwnEntry]:
    """Fields for an own input of each function, filled with a public case's."""
    return [_own_entry(published, name, entry) for name, entry in published.problem.entries.items()]


def _own_entry(published: Published, name: str, entry: Entry) -> OwnEntry:
    plain = (case for case in published.cases if case.public and case.call.entry == name and not case.call.steps)
    case = next(plain, None)
    values = [] if case is None else _inputs(case)
    arguments = []
    for at, (parameter, spec) in enumerate(entry.arguments.items()):
        value = values[at] if at < len(values) and len(values[at]) <= _LONGEST else ""
        arguments.append(OwnArgument(parameter, format_spec(spec), value or _blank(spec)))
    return OwnEntry(name, tuple(arguments))


def _inputs(case: PublishedCase) -> list[str]:
    arrays = iter(case.inputs[0])
    return [_json(_plain(tree, arrays)) for tree in case.arguments.children]


def _json(value: Any) -> str:
    try:
        return json.dumps(value, allow_nan=False)
    except ValueError:  # JSON has no NaN
        return ""


def _plain(tree: Tree, arrays: Iterator[Array]) -> Any:
    """A value as a run takes it; see ``app.judge.run.own_input``."""
    match tree:
        case Leaf():
            return _array(tree, next(arrays))
        case Static(value):
            return value
        case Node(kind="none"):
            return None
        case Node(kind="dict"):
            return {key: _plain(child, arrays) for key, child in zip(tree.keys, tree.children, strict=True)}
    return [_plain(child, arrays) for child in tree.children]


def _array(leaf: Leaf, array: Array) -> Any:
    if leaf.dtype == KEY:
        high, low = (int(word) for word in array.reshape(-1)[:2])
        return (high << 32) | low
    return array.tolist() if array.dtype.kind in "biu" else _shortened(array)


def _shortened(array: Array) -> Any:
    """Nested lists of floats with no more digits than their dtype has."""
    if array.ndim:
        return [_shortened(part) for part in array]
    return float(str(array[()])) if array.dtype.kind == "f" else array.item().real


def _blank(spec: Spec) -> str:
    """What a field begins with where no public case says more."""
    match spec:
        case ArraySpec(shape=shape) if shape:
            return "[]"
        case TupleSpec():
            return "[]"
        case DictSpec():
            return "{}"
    return ""


def difference(mine: str, reference: str) -> Sequence[DiffLine]:
    """What leads from one source to another, line by line; empty if that is nothing."""
    before, after = mine.splitlines(), reference.splitlines()
    lines = list(difflib.unified_diff(before, after, n=3, lineterm=""))[2:]
    return [DiffLine("?", "") if line.startswith("@@") else DiffLine(line[0], line[1:]) for line in lines]
