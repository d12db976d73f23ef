"""The calls of a learner's source that explain a result: a cast, a mode, an axis, a slice, an order of letters.

The source is parsed and never run. Invariant: a clue only says which of the learner's own lines has made what the
numbers already show; where two lines could have, there is none.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.judge.explain.declared import Declared, Shape
from app.judge.explain.spelling import Spelling
from app.judge.explain.wording import one_line
from app.judge.source import Source

#: Longest quotation of a piece of the source, in characters.
_PIECE = 60
#: Most lines that are read for one, beside its first.
_PIECE_LINES = 3
_NEWLINE = re.compile(r"\r\n|\r|\n")
#: Reductions by the verb that ``app.judge.explain.shapes`` has for them.
_REDUCTIONS = {"summed": ("sum",), "averaged": ("mean", "average"), "reduced to its maximum": ("max", "amax")}
_EXTREMES = {"min": "argmin", "amin": "argmin", "max": "argmax", "amax": "argmax"}
_WINDOWS = ("convolve", "correlate", "convolve2d", "correlate2d")


@dataclass(frozen=True)
class Cast:
    """A dtype that is written out.

    Attributes:
        piece: how, ``.astype(int)`` or ``dtype=int``.
        line: counted from 1.
        returned: whether it is a part of what is returned, so that the result's dtype is its doing.
    """

    piece: str
    line: int
    returned: bool


class Clues:
    """What one source has that may explain a result; nothing where there is no source."""

    def __init__(
        self,
        source: Source | None = None,
        entries: Sequence[str] = (),
        shapes: Mapping[str, Declared] = MappingProxyType({}),
    ) -> None:
        """Read the source once.

        Args:
            source: as submitted.
            entries: the functions that are called from outside.
            shapes: what the problem declares of them.
        """
        self._shapes = shapes
        #: Its lines, counted from 0.
        self.lines = _NEWLINE.split(source.text) if source else []
        self.tree = tree = source.tree if source else ast.Module([], [])
        self.nodes = sorted(
            (node for node in ast.walk(tree) if hasattr(node, "lineno")),
            key=lambda node: (node.lineno, node.col_offset),  # type: ignore[attr-defined]  # just asked for
        )
        #: What its imports say.
        self.spelling = Spelling(tree)
        self._functions: dict[str, list[ast.FunctionDef]] = {}
        self._made: dict[str, list[ast.Assign]] = {}
        for node in self.nodes:
            match node:
                case ast.FunctionDef(name=name):
                    self._functions.setdefault(name, []).append(node)
                case ast.Assign(targets=targets):
                    for target in targets:
                        if isinstance(target, ast.Name):
                            self._made.setdefault(target.id, []).append(node)
        #: The functions that are called from outside.
        self.entries = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in entries]
        self._results = [part for function in self.entries for part in _returned(function)]

    def piece(self, node: ast.expr) -> str:
        """A piece of the source on one line, without the backticks that would end a quotation."""
        # Offsets are of bytes, and nobody reads more of a long expression than its beginning.
        last = node.end_lineno or node.lineno
        lines = [line.encode() for line in self.lines[node.lineno - 1 : min(last, node.lineno + _PIECE_LINES)]]
        if last - node.lineno < len(lines):
            lines[-1] = lines[-1][: node.end_col_offset]
        lines[0] = lines[0][node.col_offset :]
        return one_line(b" ".join(lines).decode(errors="replace").replace("`", "'"), _PIECE)

    def place(self, node: ast.expr) -> str:
        """A piece with its line: ```x.min(1)` in line 10``."""
        return f"`{self.piece(node)}` in line {node.lineno}"

    def calls(self, *names: str) -> list[ast.Call]:
        """Calls by the last name of what is called, as of ``jnp.mean(x)`` or ``x.mean()``, in the source's order."""
        return [node for node in self.nodes if isinstance(node, ast.Call) and self.name_of(node) in names]

    def on(self, line: int) -> list[ast.AST]:
        """What begins on a line."""
        return [node for node in self.nodes if getattr(node, "lineno", 0) == line]

    def function(self, node: ast.expr | None) -> ast.FunctionDef | None:
        """The function that a name stands for, if just one of the source has it."""
        found = self._functions.get(node.id, []) if isinstance(node, ast.Name) else []
        return found[0] if len(found) == 1 else None

    def declared(self, function: ast.FunctionDef) -> tuple[dict[str, Shape], Shape | None]:
        """The declared shapes of a function's parameters, by the names that it gives them, and of its result."""
        known = self._shapes.get(function.name) if function in self.entries else None
        if known is None:
            return {}, None
        names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
        pairs = zip(names, known.arguments, strict=False)
        return {name: shape for name, shape in pairs if shape is not None and name not in self._made}, known.returns

    def made(self, name: str) -> ast.Assign | None:
        """The only assignment that binds a name."""
        found = self._made.get(name, [])
        return found[0] if len(found) == 1 else None

    def dotted(self, call: ast.Call) -> str:
        """The whole name of what is called, ``numpy.sum``; empty where the imports do not say."""
        return self.spelling.dotted(call.func)

    def name_of(self, call: ast.Call) -> str:
        """The last name of what is called; empty for a bare name that is not imported."""
        match call.func:
            case ast.Attribute(attr=name):
                return name
            case ast.Name():
                return self.spelling.dotted(call.func).rpartition(".")[2]
        return ""

    def subject(self, call: ast.Call) -> tuple[ast.expr, list[ast.expr]] | None:
        """The array that a function or a method is about, and the other positional arguments."""
        if isinstance(call.func, ast.Attribute) and not self.dotted(call):
            return call.func.value, call.args
        return (call.args[0], call.args[1:]) if call.args else None

    def _only(self, found: Sequence[ast.Call]) -> ast.Call | None:
        """The one that there is, or the one whose value is returned."""
        results = {id(part) for part in self._results}
        returned = [call for call in found if id(call) in results]
        chosen = returned or list(found)
        return chosen[0] if len(chosen) == 1 else None

    def reduced(self, verb: str) -> str:
        """Which reduction of what is returned has made it smaller."""
        names = _REDUCTIONS.get(verb, ())
        found = [part for part in self._results if isinstance(part, ast.Call) and self.name_of(part) in names]
        subjects = [subject[0] for call in found if (subject := self.subject(call)) is not None]
        if not found or len(subjects) < len(found) or len({call.lineno for call in found}) > 1:
            return ""
        calls = " and ".join(f"`{self.piece(call)}`" for call in found)
        kept = " and ".join(f"`{self.piece(subject)}`" for subject in subjects)
        does, are = ("does", "it is") if len(found) == 1 else ("do", "they are")
        return f"{calls} in line {found[0].lineno} {does} that: return {kept} as {are}."

    def axis(self, reduced: int, axes: int) -> str:
        """Which call reduces over axis ``reduced`` of an array of so many axes."""
        found = [
            (call, written)
            for call in self.calls("sum", "mean", "max", "min", "prod", "std", "var", "norm", "argmax", "argmin")
            if (written := _axis(self, call)) is not None and _number(written) in (reduced, reduced - axes)
        ]
        if len(found) != 1:
            return ""
        call, written = found[0]
        return f"`axis={self.piece(written)}` in line {call.lineno}"

    def total(self) -> str:
        """Which sum goes over everything."""
        found = [call for call in self.calls("sum") if not call.keywords and _axis(self, call) is None]
        call = self._only(found)
        return f"{self.place(call)} adds up everything." if call else ""

    def window(self, *, short: bool) -> str:
        """Which mode of a convolution makes its result too short, or too long."""
        mode = "valid" if short else "full"
        found = [call for call in self.calls(*_WINDOWS) if self._mode_of(call) == mode]
        if len(found) != 1:
            return ""
        made = "drops the ends, where the kernel hangs over" if short else "adds entries at both ends"
        kept = "as many entries as the input has" if short else "the middle, as long as the input"
        return f'`mode="{mode}"` in line {found[0].lineno} {made}: write `mode="same"`, which keeps {kept}.'

    def _mode_of(self, call: ast.Call) -> object:
        named = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), None)
        written = named or (call.args[2] if len(call.args) > 2 else None)  # noqa: PLR2004 - the third is the mode
        return written.value if isinstance(written, ast.Constant) else None

    def swapped_letters(self, one: int, other: int) -> str:
        """Which ``einsum`` puts two axes of what is returned into the other order."""
        for part in self._results:
            match part:
                case ast.Call(args=[ast.Constant(value=str(letters)), *_]) if self.name_of(part) == "einsum":
                    _, arrow, ending = letters.rpartition("->")
                    order = list(ending.strip())
                    if arrow and len(order) > other and all(letter.isalpha() for letter in order):
                        order[one], order[other] = order[other], order[one]
                        return (
                            f"The `einsum` in line {part.lineno} ends in `->{one_line(ending.strip(), _PIECE)}`: write "
                            f"`->{one_line(''.join(order), _PIECE)}`."
                        )
        return ""

    def casts(self, fits: Callable[[str], bool]) -> list[Cast]:
        """Where a dtype that fits is written, those in what is returned first."""
        returned = {id(node) for part in self._results for node in ast.walk(part)}
        found = []
        for call in (node for node in self.nodes if isinstance(node, ast.Call)):
            dtypes = [(word.value, "dtype={}") for word in call.keywords if word.arg == "dtype"]
            if self.name_of(call) == "astype" and len(call.args) == 1:
                dtypes.append((call.args[0], ".astype({})"))
            found += [
                Cast(form.format(self.piece(dtype)), dtype.lineno, id(call) in returned)
                for dtype, form in dtypes
                if fits(_dtype(dtype))
            ]
        return sorted(found, key=lambda cast: not cast.returned)

    def extreme(self) -> str:
        """Which smallest or largest number stands where its position is expected."""
        call = self._only(self.calls(*_EXTREMES))
        if call is None:
            return ""
        name = self.name_of(call)
        piece, better = self.piece(call), _EXTREMES[name]
        what = "smallest" if better == "argmin" else "largest"
        written = piece.replace(f"{name}(", f"{better}(") if piece.count(f"{name}(") == 1 else f"jnp.{better}"
        return f"{self.place(call)} is the {what} number itself; its position is `{written}`: return that."

    def slice_start(self, *, late: bool) -> str:
        """Which slice of what is returned starts one entry beside."""
        found = [
            part
            for part in self._results
            if isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Slice) and part.slice.lower is not None
        ]
        if len(found) != 1:
            return ""
        cut, word, change = found[0].slice, "early" if late else "late", "add 1 to" if late else "take 1 off"
        assert isinstance(cut, ast.Slice)
        where = f"The slice `[{self.piece(cut)}]` in line {found[0].lineno}"
        return f"{where} starts one entry too {word}: {change} its start."

    def stepped(self, name: str) -> str:
        """Where a step is added to an argument, or subtracted from it, and the other sign."""
        found = [
            node
            for node in self.nodes
            if isinstance(node, ast.BinOp)
            and isinstance(node.op, ast.Add | ast.Sub)
            and isinstance(node.left, ast.Name)
            and node.left.id == name
        ]
        if len(found) != 1:
            return ""
        does, write = ("adds the step to", "-") if isinstance(found[0].op, ast.Add) else ("subtracts it from", "+")
        return f"Line {found[0].lineno} {does} `{name}`: write `{name} {write} ...` there, and leave the rest as it is."

    def quotient(self) -> str:
        """Where the only division of the source is."""
        found = [node for node in self.nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
        return f"in line {found[0].lineno}" if len(found) == 1 else ""

    def lost_updates(self) -> list[int]:
        """Lines on which the new array of ``x.at[i].set(y)`` is thrown away."""
        found = []
        for node in self.nodes:
            match node:
                case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Subscript(value=ast.Attribute(attr="at"))))):
                    found.append(node.lineno)
        return found


#: No source is known.
NO_CLUES = Clues()


def _returned(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """The values of a function's own ``return`` statements, those of a tuple each by itself."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop(0)
        match node:
            case ast.Return(value=ast.Tuple(elts=parts)):
                yield from parts
            case ast.Return(value=ast.expr() as value):
                yield value
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef() | ast.expr():
                continue
            case _:
                waiting += ast.iter_child_nodes(node)


def axis_of(clues: Clues, call: ast.Call) -> int | None:
    """The axis that a reduction goes along, if it is written as a number."""
    written = _axis(clues, call)
    return None if written is None else _number(written)


def _axis(clues: Clues, call: ast.Call) -> ast.expr | None:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "axis"), None)
    subject = clues.subject(call)
    return named or (subject[1][0] if subject and subject[1] else None)


def _number(node: ast.expr) -> int | None:
    match node:
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(number))):
            return -number
    return None


def _dtype(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            return name
    return ""
