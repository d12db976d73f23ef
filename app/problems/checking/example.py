"""The worked example of a statement, really run: in the sandbox, as any other code of an author.

What a comment behind an outermost ``print`` says, and the comment lines directly below it, are compared with what that
print printed. Invariant: a line that a finding names is the page's own; the example runs as it stands, but for marks
around those prints.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from app.judge.explain.errors import explain_failure
from app.problems.findings import Finding
from app.problems.folder.files import STATEMENT
from app.problems.folder.pages import worked_example
from app.problems.model import Problem
from app.problems.plan import limits
from sandbox.entries import Call
from sandbox.jobs import EagerCall, Failure, RunJob, Sandbox
from sandbox.tree import Node

#: Printed before and after a print whose output is compared; no example prints it by chance.
_MARK = "\x1e"
#: A function that does nothing: the example itself is run when its source is loaded.
_NOTHING = "_worked_example_ends"


@dataclass(frozen=True)
class _Said:
    """What the page says a print prints, line by line; ``line`` is that of the print, counted from 1."""

    line: int
    texts: tuple[str, ...]


def check_example(problem: Problem, sandbox: Sandbox) -> Iterator[Finding]:
    """An error if the example cannot be run, a warning for each print that says something else than it prints.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    example = worked_example(problem.statement)
    assert example is not None  # a folder without one is not read
    # Blank lines for all that stands before it: a fault is told with the page's own line numbers.
    source = "\n" * (example.line - 1) + example.source
    tree = ast.parse(source)
    said = list(_said(source, tree))
    job = RunJob(
        _marked(source, tree, {each.line for each in said}) + f"\n\ndef {_NOTHING}():\n    return 0\n",
        (EagerCall(Call(_NOTHING, ()), Node("tuple"), ()),),
        x64=problem.x64,
        limits=limits(problem),
    )
    result = sandbox.run(job)
    failure = result.failure or next((call.failure for call in result.calls if call.failure), None)
    if failure is not None:
        yield _failed(failure)
        return
    printed = _printed(result.printed)
    for each in said:
        got = printed.get(each.line, [])
        if [" ".join(text.split()) for text in each.texts] != [" ".join(text.split()) for text in got]:
            message = f"This print says {_quoted(each.texts)} and prints {_quoted(got)}."
            mend = "Write what is printed behind it, or in comment lines below."
            yield Finding("example-differs", STATEMENT, each.line, message, mend, "warning")


def _failed(failure: Failure) -> Finding:
    line = failure.frames[-1].line if failure.frames else None
    message = f"The worked example cannot be run: {explain_failure(failure, {}, public=True)}"
    return Finding("example-fails", STATEMENT, line, message, "Learners will copy it: correct it until it runs.")


def _quoted(lines: list[str] | tuple[str, ...]) -> str:
    return " / ".join(f"`{line.strip()}`" for line in lines)[:300] or "nothing"


def _prints(tree: ast.Module) -> Iterator[ast.Expr]:
    for statement in tree.body:
        match statement:
            case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
                yield statement


def _said(source: str, tree: ast.Module) -> Iterator[_Said]:
    """The outermost prints that say what they print."""
    lines = source.split("\n")
    for statement in _prints(tree):
        last = statement.end_lineno or statement.lineno
        behind = lines[last - 1].encode()[statement.end_col_offset :].decode().strip()
        texts = [behind[1:].strip()] if behind.startswith("#") else []
        for line in lines[last:]:
            if not line.startswith("#"):
                break
            texts.append(line[1:].strip())
        if texts:
            yield _Said(statement.lineno, tuple(texts))


def _marked(source: str, tree: ast.Module, chosen: set[int]) -> str:
    """The source with marks printed around some prints, on their own lines so that none moves."""
    lines = source.split("\n")
    for statement in reversed([each for each in _prints(tree) if each.lineno in chosen]):
        first, last = statement.lineno - 1, (statement.end_lineno or statement.lineno) - 1
        end = len(lines[last].encode()[: statement.end_col_offset].decode())
        lines[last] = f"{lines[last][:end]}; print({_MARK!r}){lines[last][end:]}"
        start = len(lines[first].encode()[: statement.col_offset].decode())
        lines[first] = f"{lines[first][:start]}print({_MARK + str(statement.lineno)!r}); {lines[first][start:]}"
    return "\n".join(lines)


def _printed(text: str) -> dict[int, list[str]]:
    """The lines that each marked print printed, by its own line."""
    found: dict[int, list[str]] = {}
    for number, part in enumerate(text.split(_MARK)):
        # The first part stands before any mark; then what a print printed and what stands between two take turns.
        if number % 2:
            line, _, rest = part.partition("\n")
            found[int(line)] = rest.removesuffix("\n").split("\n") if rest else []
    return found
