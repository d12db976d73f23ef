"""The learner's own lines that explain an exception: what a loop starts with, what a loss returns, how operands lie.

Invariant: as of ``app.judge.explain.clues``, of whose source these are; nothing is said where two lines could have
done it. Whoever asks has made sure that the failure saw no hidden value.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.judge.explain.clues import Clues, axis_of
from app.judge.explain.wording import one_line, shape_text, size_name
from sandbox.jobs import Failure

_TYPE = re.compile(r"[a-z]\w*\[([\d, ]*)\]")
#: Longest name that is quoted, in characters.
_NAME = 40
_MATRIX = 2


def failing_told(failure: Failure, text: str, sizes: Mapping[str, int], clues: Clues) -> str:
    """What on the learner's lines made an exception, and the way out; empty where that is not plain.

    Args:
        failure: an exception.
        text: what it said, as far as that is read.
        sizes: the named sizes of the signature.
        clues: what the source has.
    """
    if not failure.frames:
        return ""
    seen = _Seen([frame.line for frame in reversed(failure.frames)], dict(_shapes(failure)), sizes, clues)
    if failure.error == "TracerArrayConversionError":
        return _numpy(seen)
    for pattern, clue in _CLUES:
        if found := re.search(pattern, text):
            return clue(seen, _shape(found[1])) if found.groups() else clue(seen, ())
    return ""


@dataclass(frozen=True)
class _Seen:
    """What an exception shows.

    Attributes:
        lines: the learner's, the innermost first.
        shapes: of arrays on that line.
        sizes: the named ones of the signature.
    """

    lines: list[int]
    shapes: Mapping[str, tuple[int, ...]]
    sizes: Mapping[str, int]
    clues: Clues

    @property
    def line(self) -> int:
        """The innermost."""
        return self.lines[0]


def _shapes(failure: Failure) -> Iterator[tuple[str, tuple[int, ...]]]:
    for name, text in failure.values:
        found = _TYPE.fullmatch(text)
        if found is not None:
            yield name, _shape(found[1])


def _shape(text: str) -> tuple[int, ...]:
    return tuple(int(size) for size in text.replace(",", " ").split())


def _product(seen: _Seen, _: tuple[int, ...]) -> str:
    """Which axis of which operand has which size, and which of them to transpose."""
    pairs = []
    for node in seen.clues.on(seen.line):
        match node:
            case ast.BinOp(left=ast.Name(id=left), op=ast.MatMult(), right=ast.Name(id=right)):
                pairs.append((left, right))
    if len(pairs) != 1 or any(len(seen.shapes.get(name, ())) < 1 for name in pairs[0]):
        return ""
    left, right = pairs[0]
    mine, yours = seen.shapes[left], seen.shapes[right]
    place = max(len(yours) - _MATRIX, 0)
    if mine[-1] == yours[place]:
        return ""
    said = (
        f"`{left} @ {right}` sums over the last axis of `{left}`, of size {_size(mine[-1], seen.sizes)}, and "
        f"axis {place} of `{right}`, of size {_size(yours[place], seen.sizes)}."
    )
    ways = []
    if len(yours) >= _MATRIX and mine[-1] == yours[-1]:
        ways.append(f"`{right}`: `{left} @ {_transposed(right, yours)}`")
    if len(mine) >= _MATRIX and mine[-_MATRIX] == yours[place]:
        ways.append(f"`{left}`: `{_transposed(left, mine)} @ {right}`")
    return f"{said} Transpose {', or '.join(ways)}." if ways else f"{said} They must have one size."


def _size(size: int, sizes: Mapping[str, int]) -> str:
    name = size_name(size, sizes)
    return f"{name} = {size}" if name else str(size)


def _transposed(name: str, shape: tuple[int, ...]) -> str:
    return f"{name}.T" if len(shape) == _MATRIX else f"jnp.swapaxes({name}, -1, -2)"


def _start(seen: _Seen, _: tuple[int, ...]) -> str:
    """A loop that starts with a plain number, so that its carry is a scalar."""
    for call in seen.clues.calls("scan", "fori_loop", "while_loop"):
        body = seen.clues.function(call.args[0] if seen.clues.name_of(call) == "scan" and call.args else None)
        if call.lineno not in seen.lines[1:] or body is None or len(call.args) < 2:  # noqa: PLR2004 - no start
            continue
        start, carry = call.args[1], body.args.args[0].arg if body.args.args else ""
        if isinstance(start, ast.Constant) and seen.shapes.get(carry) == ():
            return (
                f"`{seen.clues.name_of(call)}` in line {call.lineno} starts with `{seen.clues.piece(start)}`, so "
                f"`{carry}` is a scalar here: start it with the array that the first step is taken from."
            )
    return ""


def _body(seen: _Seen, _: tuple[int, ...]) -> str:
    """What the body of a scan returns instead of a pair."""
    body = _passed(seen, "scan")
    returns = [node for node in ast.walk(body) if isinstance(node, ast.Return)] if body else []
    if body is None or len(returns) != 1 or not isinstance(returns[0].value, ast.Name):
        return ""
    name = one_line(returns[0].value.id, _NAME)
    return (
        f"`{one_line(body.name, _NAME)}` returns `{name}` alone (line {returns[0].lineno}), and `scan` needs the new "
        f"carry and an output for each step: `return {name}, {name}`, or `return {name}, None` where no output is used."
    )


def _loss(seen: _Seen, shape: tuple[int, ...]) -> str:
    """Which function is differentiated though it returns an array, and the line on which it does."""
    function = _passed(seen, "grad", "value_and_grad")
    returns = [node for node in ast.walk(function) if isinstance(node, ast.Return)] if function else []
    if function is None or len(returns) != 1:
        return ""
    return (
        f"`{one_line(function.name, _NAME)}` returns an array of shape {shape_text(shape, seen.sizes)}, and `jax.grad` "
        f"needs one number: in line {returns[0].lineno}, return its `.mean()` or `.sum()`, as the problem asks."
    )


def _passed(seen: _Seen, *names: str) -> ast.FunctionDef | None:
    """The function that the only call of this name on the line is given."""
    calls = [call for call in seen.clues.calls(*names) if call.lineno == seen.line]
    return seen.clues.function(calls[0].args[0]) if len(calls) == 1 and calls[0].args else None


def _axis(seen: _Seen, _: tuple[int, ...]) -> str:
    """An array that lacks the axis that is asked for, and the line that made it."""
    for call in (node for node in seen.clues.on(seen.line) if isinstance(node, ast.Call)):
        subject, axis = seen.clues.subject(call), axis_of(seen.clues, call)
        if subject is None or axis is None or not isinstance(subject[0], ast.Name):
            continue
        name = subject[0].id
        made, shape = seen.clues.made(name), seen.shapes.get(name)
        if made is not None and shape is not None and len(shape) <= axis:
            axes = "1 axis" if len(shape) == 1 else f"{len(shape)} axes"
            asked = f"`{name}` has {axes}, and `{seen.clues.piece(call)}` asks for axis {axis}"
            return f"{asked}. It is made in line {made.lineno}{_one_by_one(made.value)}"
    return ""


def _one_by_one(made: ast.expr) -> str:
    """Which two arrays an expression combines row by row, where each pair of rows may be meant."""
    pairs = [
        (node.left.id, sign, node.right.id)
        for node in ast.walk(made)
        if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) and isinstance(node.right, ast.Name)
        for sign in [{ast.Sub: "-", ast.Add: "+", ast.Mult: "*"}.get(type(node.op))]
        if sign
    ]
    if len(pairs) != 1:
        return ": look there, at what it is reduced over."
    (one, sign, other) = (one_line(text, _NAME) for text in pairs[0])
    return (
        f", where `{one} {sign} {other}` takes their rows one by one; for each pair of rows write "
        f"`{one}[:, None] {sign} {other}[None]`."
    )


def _numpy(seen: _Seen) -> str:
    """All the functions of NumPy on a line, of which the error is only about the first."""
    calls = [node for node in seen.clues.on(seen.line) if isinstance(node, ast.Call)]
    names = [name.rpartition(".")[2] for call in calls if (name := seen.clues.dotted(call)).startswith("numpy.")]
    names = [one_line(name, _NAME) for name in dict.fromkeys(names)]
    converts = [name for name in names if name in ("asarray", "array")]
    computes = [name for name in names if name not in converts]
    if not computes:
        return ""
    said = f"In line {seen.line} write {_listed([f'`jnp.{name}`' for name in computes])} of `jax.numpy`"
    return f"{said}, and leave out `np.{converts[0]}`: it is an array already." if converts else f"{said} instead."


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


#: What an exception's text has in it, with the shape that matters, and who looks for what made it.
_CLUES: tuple[tuple[str, Callable[[_Seen, tuple[int, ...]], str]], ...] = (
    (r"dot_general requires contracting|matmul input operand 1 has a mismatch", _product),
    (r"must have ndim at least 1", _start),
    (r"scan body output must be a pair", _body),
    (r"Gradient only defined for scalar-output functions\. Output had shape: \(([\d, ]{1,60})\)", _loss),
    (r"^tuple index out of range\s*$", _axis),
)
