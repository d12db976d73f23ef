"""What two people's code has in common, whatever they call things: the words of sources and the texts of errors.

It decides only which of several messages fits best, and whether two errors say the same. Invariant: pure functions of
text that somebody else wrote; none of them raises, and nothing they return is shown to anyone.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from app.judge.source import Source, check_source

#: Characters of an error's text that are read at all.
_READ = 2000
#: Characters of a string in the source that count.
_QUOTED = 40
#: Whole numbers of more digits are all alike.
_LARGEST = 10**12
#: Nodes of an argument that is looked at as a whole, such as ``in_axes=(None, 0)``.
_ARGUMENT = 24
#: What a function does without being told; writing it down changes nothing.
_DEFAULTS = {"in_axes": 0, "out_axes": 0, "argnums": 0, "has_aux": False, "keepdims": False, "axis": None}
_ANYTHING = "_"

#: What JAX adds about where its own machinery was, to the end of the text.
_REST = re.compile(
    r"(?:\n-{5,}|The error occurred while|This tracer with object id|This concrete value was not|See https?://).*",
    re.DOTALL,
)
_TRACER = re.compile(r"<class '[\w.]*Tracer'>|(?<![\w.])[\w.]*Tracer(?:\([^()]*\)|<[^<>]*>)?")
_PLACE = re.compile(r" at (?:0x[0-9a-f]+|[^\s:]+\.py:\d+)|\bline \d+(?:, column \d+)?", re.IGNORECASE)
_CODE = re.compile(r"`[^`]*`")
_NUMBER = re.compile(r"-?\b\d[\w.]*(?:e[+-]\d+)?")
_LIST = re.compile(r"#(?:\s*,\s*#)*,?")
_WORD = re.compile(r"(\w+)")


@dataclass(frozen=True)
class Wording:
    """A source without its names.

    Attributes:
        names: that it gives to functions, arguments and variables.
        words: how often it uses each module, attribute, keyword argument, constant and kind of syntax.
    """

    names: frozenset[str]
    words: Mapping[str, int]


def wording(raw: bytes) -> Wording:
    """The words of submitted bytes; none if Python cannot read them."""
    source = check_source(raw)
    if not isinstance(source, Source):
        return Wording(frozenset(), {})
    names = frozenset(_bound(source.tree))
    imported = dict(_imported(source.tree))
    silent = set(_silent(source.tree))
    words = (word for node in ast.walk(source.tree) if id(node) not in silent for word in _words(node, imported))
    return Wording(names, Counter(word for word in words if word not in names))


def likeness(mine: Mapping[str, int], yours: Mapping[str, int]) -> float:
    """The share of two collections that they have in common, from 0 to 1 (Jaccard's index of multisets)."""
    total = sum(max(mine.get(word, 0), yours.get(word, 0)) for word in mine.keys() | yours.keys())
    return sum(min(count, yours.get(word, 0)) for word, count in mine.items()) / total if total else 1.0


def plain_text(text: str) -> str:
    """An error's text without what differs from one time to another: numbers, tracers, places and quoted code."""
    text = _REST.sub("", text[:_READ])
    text = _CODE.sub(_ANYTHING, _PLACE.sub("", _TRACER.sub("tracer", text)))
    return " ".join(_LIST.sub("#", _NUMBER.sub("#", text)).split())


def same_text(mine: str, yours: str, names: Collection[str]) -> bool:
    """Whether two texts that ``plain_text`` made say the same once ``names``, which anybody chose, are taken out."""
    return _without(mine, names) == _without(yours, names)


def _without(text: str, names: Collection[str]) -> list[str]:
    return [word for word in _WORD.split(text) if word not in names]


def _bound(tree: ast.Module) -> Iterator[str]:
    """Names that the source makes up; what it imports is somebody else's word, whatever it calls it."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Names that imports bind, with what they stand for."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                yield from ((alias.asname, alias.name) for alias in aliases if alias.asname)
            case ast.ImportFrom(module=str(module), names=aliases):
                for alias in aliases:
                    is_module = f"{module}.{alias.name}" == "jax.numpy"
                    yield alias.asname or alias.name, "jax.numpy" if is_module else f".{alias.name}"


def _silent(tree: ast.Module) -> Iterator[int]:
    """Nodes that say nothing: what documents, and what would be so anyway."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=value):
                yield id(value)
            case ast.keyword(arg=str(name), value=ast.Constant(value=given) as value):
                if name in _DEFAULTS and given == _DEFAULTS[name]:
                    yield from (id(node), id(value))


def _words(node: ast.AST, imported: Mapping[str, str]) -> Iterator[str]:
    match node:
        case ast.Attribute(attr=name):
            yield f".{name}"
        case ast.Name(id=name):
            yield imported.get(name, name)
        case ast.keyword(arg=str(name), value=value):
            yield f"{name}={_argument(value)}"
        case ast.Constant(value=value):
            yield _constant(value)
        case ast.stmt() | ast.operator() | ast.unaryop() | ast.cmpop() | ast.Subscript() | ast.Lambda() | ast.Tuple():
            yield f"<{type(node).__name__}>"
        case ast.ListComp() | ast.GeneratorExp() | ast.DictComp() | ast.SetComp() | ast.IfExp() | ast.List():
            yield f"<{type(node).__name__}>"


def _argument(value: ast.expr) -> str:
    """A short argument as it is written, whatever its names are; of a long one nothing."""
    nodes = [node for _, node in zip(range(_ARGUMENT), ast.walk(value), strict=False)]
    if len(nodes) == _ARGUMENT:
        return ""
    try:
        text = ast.unparse(value)
    except ValueError:  # a number of more digits than Python writes out
        return ""
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    return "".join(_ANYTHING if word in named else word for word in _WORD.split(text))


def _constant(value: object) -> str:
    if isinstance(value, str | bytes):
        return repr(value[:_QUOTED])
    return "large" if isinstance(value, int) and abs(value) > _LARGEST else repr(value)
