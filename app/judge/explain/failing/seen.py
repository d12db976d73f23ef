"""What an exception shows beside the learner's source, and what the source explains of it.

Invariant: as of ``app.judge.explain.clues``, of whose source these are. Whoever asks has made sure that the failure saw
no hidden value.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.judge.explain.clues import Clues
from app.judge.explain.wording import one_line, shape_text
from sandbox.jobs import Failure

_TYPE = re.compile(r"[a-z]\w*\[([\d, ]*)\]")
#: Longest name that is quoted, in characters.
NAME = 40


@dataclass(frozen=True)
class Because:
    """What the source explains of an error; where a part is empty, the general advice has its say.

    Attributes:
        cause: the line that made it, and the way out.
        choice: a way out that leaves a choice, which a message of the problem's author has made already.
        says: what happened, in plain words.
        shapes: the shapes that matter; None for those of every array on the line.
    """

    cause: str = ""
    choice: str = ""
    says: str = ""
    shapes: str | None = None


#: The source explains nothing.
NOTHING = Because()


@dataclass(frozen=True)
class Seen:
    """What an exception shows.

    Attributes:
        error: the exception's class name.
        text: what it said, as far as that is read.
        lines: the learner's, the innermost first; one at least.
        shapes: of arrays on that line.
        sizes: the named ones of the signature.
    """

    error: str
    text: str
    lines: list[int]
    shapes: Mapping[str, tuple[int, ...]]
    sizes: Mapping[str, int]
    clues: Clues

    @property
    def line(self) -> int:
        """The innermost."""
        return self.lines[0]

    def shape(self, name: str) -> str:
        """```x` has shape `(N,)` = `(5,)``."""
        return f"`{one_line(name, NAME)}` has shape {shape_text(self.shapes[name], self.sizes)}"

    def statements(self) -> Iterator[ast.stmt]:
        """Those without others inside that lie on the line, the whole of them."""
        for node in self.clues.nodes:
            if isinstance(node, _SIMPLE) and node.lineno <= self.line <= (node.end_lineno or node.lineno):
                yield node

    def scope(self, node: ast.AST) -> ast.FunctionDef | None:
        """The innermost function around a part of the source."""
        return scope(self.clues, node)


_SIMPLE = (ast.Return, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr)


def seen_of(failure: Failure, text: str, sizes: Mapping[str, int], clues: Clues) -> Seen:
    """What a failure with at least one of the learner's lines shows."""
    shapes = {name: found for name, kind in failure.values if (found := _typed(kind)) is not None}
    return Seen(failure.error, text, [frame.line for frame in reversed(failure.frames)], shapes, sizes, clues)


def _typed(text: str) -> tuple[int, ...] | None:
    found = _TYPE.fullmatch(text)
    return None if found is None else shape_of(found[1])


def shape_of(text: str) -> tuple[int, ...]:
    """A shape as JAX writes it, without its brackets."""
    return tuple(int(size) for size in text.replace(",", " ").split())


def scope(clues: Clues, node: ast.AST) -> ast.FunctionDef | None:
    """The innermost function that a part of the source lies in."""
    line, around = getattr(node, "lineno", 0), None
    for function in clues.nodes:
        if isinstance(function, ast.FunctionDef) and function.lineno < line <= (function.end_lineno or 0):
            around = function
    return around


def names_in(node: ast.AST) -> set[str]:
    """Every name that an expression or a statement has in it."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def span(first: int, last: int | None) -> str:
    """``line 7``, or ``lines 7 to 9``."""
    if not last or last == first:
        return f"line {first}"
    return f"lines {first} {'and' if last == first + 1 else 'to'} {last}"
