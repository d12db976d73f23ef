"""Mutants of a Python source: each differs from it by one slip, and is named by what the slip is.

Invariant: every mutant can be parsed, and the same source always gives the same mutants in the same order. A mutant's
name does not change when lines are added or comments written elsewhere in the file.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.problems.checking.mutating import calls, operators

#: Most mutants of one source.
MOST = 100
#: Longest side of a mutant's name, in characters.
_LONGEST = 70

_NEWLINE = re.compile(r"\r\n|\r")


@dataclass(frozen=True)
class Mutant:
    """A source with one slip.

    Attributes:
        change: what the slip is, on one line: ``predict: w * x + b -> w * x - b``.
        line: where it is, counted from 1.
        source: the whole file with it.
        diff: unified, from the file to the mutant, without file names.
    """

    change: str
    line: int
    source: str
    diff: str


@dataclass(frozen=True)
class _Site:
    """A node, what a slip makes of it (None takes a decorator away), and the function that it lies in."""

    node: ast.AST
    changed: ast.AST | None
    function: str


def mutants(source: str, most: int = MOST) -> list[Mutant]:
    """Mutants of a Python source that can be parsed; at most ``most``, taken evenly from all there are."""
    source = _NEWLINE.sub("\n", source)
    tree = ast.parse(source)
    sites = list(_sites(tree))
    if len(sites) > most:
        sites = [sites[number * len(sites) // most] for number in range(most)]
    known = {ast.dump(tree)}
    made = []
    for site in sites:
        text = _written(source, site)
        parsed = _parsed(text)
        if parsed is not None and ast.dump(parsed) not in known:
            known.add(ast.dump(parsed))
            line = int(getattr(site.node, "lineno", 1))
            made.append(Mutant(_name(site), line, text, _diff(source, text)))
    return list(_numbered(made))


def _parsed(text: str) -> ast.Module | None:
    """None where a slip makes what Python refuses, such as an assignment to a number."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError):
        return None


def _numbered(made: list[Mutant]) -> Iterator[Mutant]:
    """Names that occur more than once in a function get a number, in the order of the lines."""
    seen: Counter[str] = Counter()
    for mutant in made:
        seen[mutant.change] += 1
        count = seen[mutant.change]
        yield mutant if count == 1 else replace(mutant, change=f"{mutant.change} ({count})")


def _sites(tree: ast.Module) -> Iterator[_Site]:
    modules = {
        alias.asname or alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    signless = operators.signless_nodes(tree)
    for node, function in _reachable(tree, ""):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield from (_Site(decorator, None, node.name) for decorator in node.decorator_list)
            continue
        for changed in (*calls.slips(node, modules), *operators.slips(node, signless=node in signless)):
            yield _Site(node, changed, function)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.BinOp | ast.Call | ast.Name | ast.Subscript):
            yield _Site(node.value, ast.UnaryOp(ast.USub(), node.value), function)


def _reachable(node: ast.AST, function: str) -> Iterator[tuple[ast.AST, str]]:
    """Every node that matters, with the function it lies in: no texts, no annotations, nothing that is not run."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.JoinedStr) or _is_guard(child):
                continue
            inner = child.name if isinstance(child, ast.FunctionDef) else function
            yield child, function
            yield from _reachable(child, inner)


def _is_guard(node: ast.AST) -> bool:
    """Whether it is ``if __name__ == "__main__":``, whose body is never run here."""
    match node:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return False


def _written(source: str, site: _Site) -> str:
    """The source with the slip in the place of its node, in brackets where it needs them."""
    lines = source.split("\n")
    node = site.node
    assert isinstance(node, ast.expr | ast.stmt)
    if site.changed is None:
        last = node.end_lineno or node.lineno
        return "\n".join(lines[: node.lineno - 1] + lines[last:])
    start = _offset(lines, node.lineno, node.col_offset)
    end = _offset(lines, node.end_lineno or node.lineno, node.end_col_offset or 0)
    text = ast.unparse(ast.fix_missing_locations(site.changed))
    bracketed = f"{source[:start]}({text}){source[end:]}"
    bare = f"{source[:start]}{text}{source[end:]}"
    if isinstance(site.changed, ast.stmt):
        return bare
    wanted, got = _parsed(bracketed), _parsed(bare)
    return bare if wanted is None or (got is not None and ast.dump(wanted) == ast.dump(got)) else bracketed


def _offset(lines: list[str], line: int, column: int) -> int:
    """Characters before a place that the parser gives in lines and bytes of UTF-8."""
    before = sum(len(text) + 1 for text in lines[: line - 1])
    return before + len(lines[line - 1].encode()[:column].decode())


def _name(site: _Site) -> str:
    match site.node, site.changed:
        case ast.Attribute(attr=name, value=value), ast.Attribute(attr=other) if not calls.root(value):
            # What a method belongs to may be half of the function.
            before, after = f".{name}", f".{other}"
        case node, None:
            before, after = f"@{ast.unparse(node)}", "nothing"
        case node, changed:
            before, after = ast.unparse(node), ast.unparse(ast.fix_missing_locations(changed))
    return f"{site.function or 'module'}: {_shortened(before)} -> {_shortened(after)}"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    half = (_LONGEST - 5) // 2
    return text if len(text) <= _LONGEST else f"{text[:half]} ... {text[-half:]}"


def _diff(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm="")
    return "\n".join(list(lines)[2:])
