"""The rules on a source: which modules, calls and constructs it must or must not have.

All are read from the source, where dead code can satisfy them and what is put together at run time escapes them; so
they are a matter of style, the last thing to be looked at, and every message says so. Invariant: a pure function of
source and rules, which never raises; the same source always breaks the same rule.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.judge.rules.names import Names
from app.judge.rules.statements import STATEMENTS, statements
from app.judge.rules.unrolling import RuleBreak
from app.judge.source import Source
from app.judge.verdict import Reason
from app.problems.model import Rules

_STYLE = "(A matter of style, read from the source.)"


@dataclass(frozen=True)
class _Kind:
    """One kind of rule.

    Attributes:
        required: names, in the problem's order.
        forbidden: likewise.
        reasons: when a required name is missing, and when a forbidden one is there.
        uses: where the source has any of them, as (name, line).
        has: what a line with a name does, after "Line 4".
        lacks: what a source without a name is told, after "This exercise is to be solved with".
    """

    required: tuple[str, ...]
    forbidden: tuple[str, ...]
    reasons: tuple[Reason, Reason]
    uses: Sequence[tuple[str, int]]
    has: Callable[[str], str]
    lacks: Callable[[str], str]


def check_style(source: Source, rules: Rules) -> RuleBreak | None:
    """The first rule on the source that it breaks: forbidden things by line, then required ones as listed.

    On one line, and among what is missing, imports come before calls and calls before constructs.
    """
    kinds = list(_kinds(source.tree, rules))
    forbidden = [
        (line, place, kind.forbidden.index(name))
        for place, kind in enumerate(kinds)
        for name, line in kind.uses
        if name in kind.forbidden
    ]
    if forbidden:
        line, place, index = min(forbidden)
        name = kinds[place].forbidden[index]
        has = kinds[place].has(name)
        return RuleBreak(
            kinds[place].reasons[1],
            f"Line {line} {has}, which this exercise rules out: `{source.line(line)}`. Solve it without. {_STYLE}",
            line,
            name,
        )
    for kind in kinds:
        there = {name for name, _ in kind.uses}
        for name in kind.required:
            if name not in there:
                message = f"This exercise is to be solved with {kind.lacks(name)}. {_STYLE}"
                return RuleBreak(kind.reasons[0], message, subject=name)
    return None


def _kinds(tree: ast.Module, rules: Rules) -> Iterator[_Kind]:
    """The kinds of which there are rules, in the order in which they are told."""
    imports = {*rules.required_imports, *rules.forbidden_imports}
    calls = {*rules.required_calls, *rules.forbidden_calls}
    constructs = {*rules.required_statements, *rules.forbidden_statements}
    # Only an import brings in a module that is below no other; `jax.*` is about imports, or `jax.vmap` would be one.
    below = {name for name in imports if "." in name and not name.endswith(".*")}
    names = Names(tree, calls | below) if calls or imports else None
    used = list(names.references()) if names else []
    if names and imports:
        imported = [(name, line) for dotted, line in names.imports() for name in imports if covers(name, dotted)]
        yield _Kind(
            rules.required_imports,
            rules.forbidden_imports,
            ("required_import", "forbidden_import"),
            [*imported, *((name, line) for name, line in used if name in below)],
            lambda name: f"uses what is below `{name[:-2]}`" if name.endswith(".*") else f"uses the module `{name}`",
            lambda name: f"the module `{name}`, and the source does not import it",
        )
    if calls:
        # Any reference counts as a call, since `partial(jax.vmap, ...)` and `@jax.jit` make one as well.
        yield _Kind(
            rules.required_calls,
            rules.forbidden_calls,
            ("required_call", "forbidden_call"),
            used,
            lambda name: f"uses `{name}`",
            lambda name: f"`{name}`, and the source does not use it",
        )
    if constructs:
        yield _Kind(
            rules.required_statements,
            rules.forbidden_statements,
            ("required_statement", "forbidden_statement"),
            list(statements(tree, constructs)),
            lambda name: f"has {STATEMENTS[name].title}",
            lambda name: f"{STATEMENTS[name].title}, and the source has none" if name in STATEMENTS else f"`{name}`",
        )


def covers(rule: str, dotted: str) -> bool:
    """Whether a rule on ``rule`` is about ``dotted``: the same module or one below it; ``a.*`` is only below."""
    return dotted.startswith(rule[:-1]) if rule.endswith(".*") else f"{dotted}.".startswith(f"{rule}.")
