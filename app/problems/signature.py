"""The type notation of ``problem.toml`` and what it says about concrete arguments.

A string declares a leaf (``float32[N, 3]``, ``key``, ``static int``), one that may be None (``bool[N]?``), or anything
(``pytree``); a TOML array a tuple, a TOML table a dict. Named sizes are upper-case identifiers and stand for one number
per call. Invariant: ``resize`` to a size that ``bind`` returned changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import assert_never, get_args

from app.problems.model import ArraySpec, DictSpec, OptionalSpec, PytreeSpec, Spec, StaticSpec, TupleSpec
from sandbox.tree import DTYPES, KEY, MAX_DEPTH, MAX_NAME, MAX_RANK, Leaf, Node, Static, Tree

#: What a named size looks like.
SIZE_NAME = re.compile(r"[A-Z][A-Z0-9_]*")

#: Largest size that may be written out, the limit of ``sandbox.tree``.
_MAX_SIZE = 2**48 - 1
#: Declares a value of any structure.
PYTREE = "pytree"
_LEAF = re.compile(r"(?P<dtype>[a-z_][a-z0-9_]*)\s*(?:\[(?P<shape>[^\[\]]*)\])?")
_STATIC = re.compile(r"static\s+(?P<type>\w+)")
_STATIC_TYPES: tuple[str, ...] = get_args(StaticSpec.model_fields["type"].annotation)


class SpecError(ValueError):
    """A declaration that cannot be read, or arguments that do not fit one; the message is meant for authors."""


def parse_spec(value: object) -> Spec:
    """The declared type that a value of ``problem.toml`` stands for.

    Args:
        value: a string, or a list, tuple or dict of such values, as a TOML reader returns them.

    Raises:
        SpecError: not the notation; the message says what is, and where inside tuples and dicts: ``[1]['w']: ...``.
    """
    return _parse(value, "", 0)


def _parse(value: object, path: str, depth: int) -> Spec:
    if depth > MAX_DEPTH:
        raise SpecError(f"types may be nested at most {MAX_DEPTH} levels deep")
    match value:
        case list() | tuple():
            return TupleSpec(items=tuple(_parse(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(value)))
        case dict():
            if too_long := [key for key in value if len(key) > MAX_NAME]:
                raise SpecError(f"the key {too_long[0][:20]!r}... is longer than {MAX_NAME} characters")
            return DictSpec(items={key: _parse(value[key], f"{path}[{key!r}]", depth + 1) for key in sorted(value)})
    try:
        return _parse_leaf(value)
    except SpecError as error:
        raise SpecError(f"{path}: {error}" if path else str(error)) from None


def _parse_leaf(value: object) -> Spec:
    if not isinstance(value, str):
        came = type(value).__name__
        raise SpecError(
            f'a type is a string such as "float32[N]", a list (tuple) or a table (dict), not of type {came}'
        )
    text = value.strip()
    if text == PYTREE:
        return PytreeSpec()
    if text.endswith("?"):
        item = _parse_leaf(text[:-1])
        if not isinstance(item, ArraySpec):
            raise SpecError(f'"{text}" may not be None; only an array or a key may, such as "bool[N]?"')
        return OptionalSpec(item=item)
    if static := _STATIC.fullmatch(text):
        return _static(static["type"])
    found = _LEAF.fullmatch(text)
    if found is None:
        raise SpecError(
            f'"{text}" is not a type; write for example "float32[N, 3]", "float32[]", "key" or "static int"'
        )
    dtype, shape = found["dtype"], found["shape"]
    if dtype != KEY and dtype not in DTYPES:
        raise SpecError(f'"{dtype}" is not a dtype; the dtypes are {", ".join((*DTYPES, KEY))}')
    if shape is None and dtype != KEY:
        raise SpecError(f'"{text}" has no shape; write "{dtype}[]" for a scalar or "{dtype}[N]" for a vector')
    sizes = tuple(_parse_size(size.strip(), text) for size in shape.split(",")) if shape and shape.strip() else ()
    if len(sizes) > MAX_RANK:
        raise SpecError(f'"{text}" has {len(sizes)} axes; the most is {MAX_RANK}')
    return ArraySpec(dtype=dtype, shape=sizes)


def _static(name: str) -> StaticSpec:
    match name:
        case "int" | "float" | "bool" | "str":
            return StaticSpec(type=name)
    raise SpecError(f'"static {name}" is not a type; a static value is one of {", ".join(_STATIC_TYPES)}')


def _parse_size(text: str, whole: str) -> int | str:
    if SIZE_NAME.fullmatch(text) and len(text) <= MAX_NAME:
        return text
    # Fifteen digits hold every allowed size, and keep a huge number from being converted at all.
    if re.fullmatch(r"[0-9]{1,15}", text) and int(text) <= _MAX_SIZE:
        return int(text)
    raise SpecError(f'"{text}" in "{whole}" is not a size; write a number, or an upper-case name such as N')


def format_spec(spec: Spec) -> str:
    """The declaration for people: ``parse_spec`` reads a leaf's text back; tuples and dicts look as in Python."""
    match spec:
        case ArraySpec(dtype=dtype, shape=shape):
            return dtype if dtype == KEY and not shape else f"{dtype}[{', '.join(map(str, shape))}]"
        case StaticSpec(type=name):
            return f"static {name}"
        case PytreeSpec():
            return PYTREE
        case OptionalSpec(item=array):
            return f"{format_spec(array)}?"
        case TupleSpec(items=items):
            inner = ", ".join(map(format_spec, items))
            return f"({inner}{',' if len(items) == 1 else ''})"
        case DictSpec(items=named):
            return f"{{{', '.join(f'{key}: {format_spec(item)}' for key, item in named.items())}}}"
    assert_never(spec)


def spec_leaves(spec: Spec) -> Iterator[ArraySpec | StaticSpec | PytreeSpec]:
    """Every leaf of a declaration, in JAX's flattening order; a value that may be None as what it is otherwise."""
    match spec:
        case ArraySpec() | StaticSpec() | PytreeSpec():
            yield spec
        case OptionalSpec(item=array):
            yield array
        case TupleSpec(items=items):
            for item in items:
                yield from spec_leaves(item)
        case DictSpec(items=named):
            for item in named.values():
                yield from spec_leaves(item)


def size_names(spec: Spec) -> frozenset[str]:
    """The named sizes that occur in a declaration."""
    arrays = (leaf for leaf in spec_leaves(spec) if isinstance(leaf, ArraySpec))
    return frozenset(size for array in arrays for size in array.shape if isinstance(size, str))


def bind(spec_arguments: Mapping[str, Spec], arguments: Node) -> dict[str, int]:
    """The named sizes that concrete arguments stand for.

    Args:
        spec_arguments: parameter name -> declared type, in call order.
        arguments: a ``tuple`` node with one tree per parameter.

    Raises:
        SpecError: they do not fit; the message says which argument, what was declared and what came.
    """
    if arguments.kind != "tuple" or len(arguments.children) != len(spec_arguments):
        count = f"{len(arguments.children)} argument{'' if len(arguments.children) == 1 else 's'}"
        came = count if arguments.kind == "tuple" else f"a {arguments.kind}"
        raise SpecError(f"declared {len(spec_arguments)} parameters ({', '.join(spec_arguments)}), got {came}")
    sizes: dict[str, int] = {}
    for (name, spec), tree in zip(spec_arguments.items(), arguments.children, strict=True):
        _unify(spec, tree, f"argument {name}", sizes)
        _check_passable(tree, f"argument {name}")
    return sizes


def _check_passable(tree: Tree, path: str) -> None:
    """Submissions know none of the classes that ``cases.py`` may have used."""
    if not isinstance(tree, Node):
        return
    if tree.kind in ("namedtuple", "custom"):
        raise SpecError(
            f"{path}: a case is made of arrays, tuples, lists, dicts and None, got {tree.name or f'a {tree.kind}'}"
        )
    for number, child in enumerate(tree.children):
        _check_passable(child, f"{path}[{tree.keys[number] if tree.keys else number!r}]")


def check_returns(spec: Spec, tree: Tree, sizes: Mapping[str, int]) -> None:
    """Compare a result's type with the declared one, at the sizes that the arguments have.

    Raises:
        SpecError: they differ; the message says where.
    """
    known = dict(sizes)
    _unify(spec, tree, "returns", known)


def _unify(spec: Spec, tree: Tree, path: str, sizes: MutableMapping[str, int]) -> None:
    match spec, tree:
        case ArraySpec(), Leaf() if spec.dtype == tree.dtype and len(spec.shape) == len(tree.shape):
            _unify_shape(spec, tree, path, sizes)
        case StaticSpec(), Static(value) if type(value).__name__ == spec.type:
            pass
        case (PytreeSpec(), _) | (OptionalSpec(), Node(kind="none")):
            pass
        case OptionalSpec(item=array), _:
            _unify(array, tree, path, sizes)
        case TupleSpec(), Node(kind="tuple") if len(spec.items) == len(tree.children):
            for index, (item, child) in enumerate(zip(spec.items, tree.children, strict=True)):
                _unify(item, child, f"{path}[{index}]", sizes)
        case DictSpec(), Node(kind="dict") if tuple(spec.items) == tree.keys:
            for (key, item), child in zip(spec.items.items(), tree.children, strict=True):
                _unify(item, child, f"{path}[{key!r}]", sizes)
        case _:
            raise SpecError(f"{path}: declared {format_spec(spec)}, got {_describe(tree)}")


def _unify_shape(spec: ArraySpec, leaf: Leaf, path: str, sizes: MutableMapping[str, int]) -> None:
    for declared, size in zip(spec.shape, leaf.shape, strict=True):
        expected = sizes.setdefault(declared, size) if isinstance(declared, str) else declared
        if expected != size:
            known = f", where {declared} is already {expected}" if isinstance(declared, str) else ""
            raise SpecError(f"{path}: declared {format_spec(spec)}{known}, got {leaf}")


def _describe(tree: Tree) -> str:
    return f"the Python {type(tree.value).__name__} {tree}" if isinstance(tree, Static) else str(tree)


def resize(spec_arguments: Mapping[str, Spec], arguments: Node, size_name: str, new_size: int) -> Node:
    """The same arguments with one named size replaced; everything else, static values included, stays.

    Raises:
        SpecError: the arguments do not fit their declaration, or it has no size of that name.
    """
    sizes = bind(spec_arguments, arguments)
    if size_name not in sizes:
        raise SpecError(f"no argument has a size named {size_name}")
    sizes[size_name] = new_size
    pairs = zip(spec_arguments.values(), arguments.children, strict=True)
    return Node("tuple", tuple(_resized(spec, tree, sizes) for spec, tree in pairs))


def _resized(spec: Spec, tree: Tree, sizes: Mapping[str, int]) -> Tree:
    """A tree that fits ``spec``, with every named size as in ``sizes``."""
    match spec, tree:
        case ArraySpec(dtype=dtype, shape=shape), Leaf():
            return Leaf(dtype, tuple(sizes[size] if isinstance(size, str) else size for size in shape))
        case OptionalSpec(item=item), Leaf():
            return _resized(item, tree, sizes)
        case TupleSpec(items=items), Node(children=children):
            return Node("tuple", tuple(map(_resized, items, children, [sizes] * len(items))))
        case DictSpec(items=named), Node(children=children):
            return Node("dict", tuple(map(_resized, named.values(), children, [sizes] * len(named))), tuple(named))
    return tree


def describe(parameters: Iterable[str], node: Node) -> str:
    """Concrete arguments by name, ``w: float32[], x_batch: float32[5]``; one child of ``node`` per parameter."""
    return ", ".join(f"{name}: {tree}" for name, tree in zip(parameters, node.children, strict=True))
