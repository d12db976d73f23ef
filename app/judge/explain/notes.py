"""What the source and the prints show beside the verdict: dtypes that JAX cuts, keys used twice, results thrown away.

All of it is read from the source, without running it, or from what the learner's own process printed. Invariant: notes
are advice. No verdict depends on one, none is about a value, and one is given only where the source leaves no doubt.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain

from app.judge.explain.keys import KeyUse, reused_keys
from app.judge.explain.spelling import Spelling
from app.judge.explain.wording import one_line
from app.judge.source import Source

#: Most notes on one source.
_MOST = 3
#: Longest quotation of a line of the source, in characters.
_LINE = 80
#: The warning of JAX when a 64-bit dtype is asked for and x64 is off; a line only where it knows the caller's.
_CUT = re.compile(
    r"(?:submission\.py:(\d{1,7}): UserWarning: )?Explicitly requested dtype (\w{3,10})[^\n]{0,80}? is not available, "
    r"and will be truncated to dtype (\w{3,10})\."
)
#: What is read of the prints in search of warnings, in characters.
_READ = 20_000
#: Modules whose functions only return something, so that a call whose result is not used does nothing.
_PURE = ("jax.numpy.", "jax.lax.", "jax.nn.", "jax.random.")


def notes_on(source: Source, printed: str, lesson: str, *, accepted: bool, message: str = "") -> tuple[str, ...]:
    """What to tell beside the verdict, each a sentence or two.

    Args:
        source: as submitted.
        printed: by its process, warnings included.
        lesson: what the prints teach; empty if nothing.
        accepted: whether nothing is wrong; then only what was printed is told of.
        message: what is told of the verdict, beside which a line may be missing.
    """
    spelling = Spelling(source.tree)
    found = _cut_dtypes(source, printed, spelling)
    if not accepted:
        found = chain(
            found,
            _unused(source, spelling),
            _reused(source, spelling),
            _kept(source, message),
            _static(source, message),
        )
    told: dict[str, None] = {}
    for note in found:  # no more are made than are told: a source may give cause for thousands
        told[note] = None
        if len(told) == _MOST:
            break
    return (*told, *([lesson] if lesson else []))


def _cut_dtypes(source: Source, printed: str, spelling: Spelling) -> Iterator[str]:
    """64-bit dtypes that JAX has made 32-bit ones, which it only warns of."""
    for line, wide, short in dict.fromkeys(_CUT.findall(printed[:_READ])):
        number = int(line) if line else spelling.line_of(wide)
        where = f"{_place(source, number)}asks for {wide}" if number else f"The code asks for {wide}"
        yield (
            f"{where}, but x64 is off here: JAX makes {short} of it and only warns. Leave the dtype out, or write "
            f"{short}."
        )


def _unused(source: Source, spelling: Spelling) -> Iterator[str]:
    """Statements that compute a new array and throw it away."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
            continue
        match node.value.func:
            case ast.Attribute(value=ast.Subscript(value=ast.Attribute(value=ast.Name(id=name), attr="at"))):
                yield (
                    f"{_place(source, node.lineno)}makes a new array, and nothing keeps it: JAX arrays do not change. "
                    f"Write `{one_line(name, _LINE)} = ` before it."
                )
            case function if spelling.dotted(function).startswith(_PURE):
                yield (
                    f"{_place(source, node.lineno)}returns a new value, and nothing keeps it: functions of JAX change "
                    "no argument. Assign the result to a name."
                )


def _kept(source: Source, message: str) -> Iterator[str]:
    """Functions that put something into a list of the module: what is traced means nothing outside of its trace."""
    lists = {
        target.id
        for statement in source.tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.List)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    functions = [node for node in source.tree.body if isinstance(node, ast.FunctionDef)]
    for node in (inner for function in functions for inner in ast.walk(function)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), lineno=line) if name in lists:
                if f"Line {line} keeps a traced value" in message:  # it says the same, and more
                    continue
                yield (
                    f"{_place(source, line)}keeps a value outside of the function, where it outlives the call; but a "
                    "traced value means nothing once its function has ended. Return it instead."
                )


def _static(source: Source, message: str) -> Iterator[str]:
    """The line that makes arguments static, for an error that comes up before any line of the function."""
    if not message.startswith("A static argument"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.keyword) and node.arg in ("static_argnums", "static_argnames"):
            yield f"{_place(source, node.value.lineno)}is what makes an argument static."


def _reused(source: Source, spelling: Spelling) -> Iterator[str]:
    for use in reused_keys(source.tree, spelling):
        yield f"{_place(source, use.line)}{_reuse(use)}"


def _reuse(use: KeyUse) -> str:
    name = one_line(use.name, _LINE)
    if use.loop:
        said = f"draws with the same key `{name}` in every turn of the loop, and so the same numbers"
        return f"{said}. Split it before: `for k in jax.random.split({name}, n)`."
    first = "twice on this line" if use.before == use.line else f"again, after line {use.before}"
    said = f"uses the key `{name}` {first}: one key gives the same numbers each time"
    return f"{said}. Split it, `{name}, other = jax.random.split({name})`, and use each part once."


def _place(source: Source, number: int) -> str:
    text = source.line(number)
    return f"Line {number}, `{one_line(text, _LINE)}`, " if text else f"Line {number} "
