"""Slips in calls: transformations left out or altered, other reductions and axes, swapped or forgotten arguments.

Functions are known by their last name, as readers know them. Invariant: as in ``operators``, nodes that come in are
never changed.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

#: Transformations: called with a function, they give another one. Without one, there is the function itself.
_TRANSFORMATIONS = frozenset(
    "jit vmap pmap grad value_and_grad jacfwd jacrev hessian checkpoint remat linearize stop_gradient".split()
)
_DERIVATIVES = frozenset({"grad", "value_and_grad", "jacfwd", "jacrev", "hessian"})
_REDUCTIONS = frozenset(
    "sum mean prod max min any all argmax argmin std var median logsumexp softmax log_softmax cumsum cumprod".split()
)
#: One function written for another.
_MISTAKEN: Mapping[str, tuple[str, ...]] = {
    "sum": ("mean", "max"),
    "mean": ("sum", "max"),
    "prod": ("sum",),
    "max": ("min",),
    "min": ("max",),
    "any": ("all",),
    "all": ("any",),
    "argmax": ("argmin",),
    "argmin": ("argmax",),
    "maximum": ("minimum",),
    "minimum": ("maximum",),
    "std": ("var",),
    "var": ("std",),
    "cumsum": ("cumprod",),
    "cumprod": ("cumsum",),
    "softmax": ("log_softmax",),
    "log_softmax": ("softmax",),
    "sin": ("cos",),
    "cos": ("sin",),
    "floor": ("ceil",),
    "ceil": ("floor",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "zeros_like": ("ones_like",),
    "ones_like": ("zeros_like",),
    "logical_and": ("logical_or",),
    "logical_or": ("logical_and",),
    "grad": ("value_and_grad",),
    "value_and_grad": ("grad",),
    "hessian": ("grad",),
    "dot": ("multiply",),
    "outer": ("multiply",),
    "matmul": ("multiply",),
}
#: The same below ``x.at[i]``.
_MISTAKEN_UPDATES: Mapping[str, str] = {"set": "add", "add": "set", "multiply": "add", "min": "max", "max": "min"}
#: Functions that do not care about the order of their arguments.
_SYMMETRIC = frozenset("maximum minimum add multiply logaddexp hypot logical_and logical_or equal not_equal".split())
#: Functions whose only argument is no value that could stand in their place.
_CONSTRUCTORS = frozenset(
    "array asarray zeros ones empty arange eye identity key PRNGKey Partial custom_vjp custom_jvp".split()
)
_MAPPED = ("in_axes", "out_axes")
_AXES = ("axis", "axes", "argnums", "in_axes", "out_axes", "keepdims", "where", "initial", "ddof")
#: Most pairs of neighbouring arguments that change places in one call.
_MOST_PAIRS = 3


def slips(node: ast.AST, modules: AbstractSet[str]) -> Iterator[ast.AST]:
    """What slips make of a call or an attribute.

    Args:
        node: any node; only these two are looked at.
        modules: names in the file that stand for modules, such as ``jnp``.
    """
    match node:
        case ast.Call():
            yield from _of_function(node, modules)
            yield from _of_keywords(node)
            yield from _of_order(node)
        case ast.Attribute(value=value, attr=name, ctx=ast.Load()):
            if name in {"T", "mT"}:
                yield value
            for other in _mistaken(value, name):
                yield ast.Attribute(value, other, ast.Load())


def _mistaken(value: ast.expr, name: str) -> tuple[str, ...]:
    match value:
        case ast.Subscript(value=ast.Attribute(attr="at")):
            return (_MISTAKEN_UPDATES[name],) if name in _MISTAKEN_UPDATES else ()
    return _MISTAKEN.get(name, ())


def _name(function: ast.expr) -> str:
    match function:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def root(node: ast.expr) -> str:
    """The name that a chain of attributes begins with; empty if it begins with something else."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _of_function(node: ast.Call, modules: AbstractSet[str]) -> Iterator[ast.expr]:
    """The call without its function: the argument, or the array whose method it is, stands alone."""
    name = _name(node.func)
    of_module = root(node.func) in modules
    if name in _TRANSFORMATIONS and node.args:
        yield node.args[0]
    elif name in _CONSTRUCTORS or not isinstance(node.func, ast.Attribute):
        return
    elif of_module and len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield node.args[0]
    elif not of_module and not node.args and not isinstance(node.func.value, ast.Call):
        yield node.func.value
    if name in _DERIVATIVES and len(node.args) == 1 and all(each.arg != "argnums" for each in node.keywords):
        yield _with_keyword(node, "argnums", ast.Constant(1))
    plain = len(node.args) == (1 if of_module else 0)
    if name in _REDUCTIONS and plain and all(each.arg not in {"axis", None} for each in node.keywords):
        yield _with_keyword(node, "axis", ast.Constant(0))


def _with_keyword(node: ast.Call, name: str, value: ast.expr) -> ast.Call:
    return ast.Call(node.func, node.args, [*node.keywords, ast.keyword(name, value)])


def _of_keywords(node: ast.Call) -> Iterator[ast.expr]:
    for place, keyword in enumerate(node.keywords):
        if keyword.arg in _AXES:
            yield ast.Call(node.func, node.args, [*node.keywords[:place], *node.keywords[place + 1 :]])
        for value in _of_mapped_axes(keyword):
            changed = ast.keyword(keyword.arg, value)
            yield ast.Call(node.func, node.args, [*node.keywords[:place], changed, *node.keywords[place + 1 :]])


def _of_mapped_axes(keyword: ast.keyword) -> Iterator[ast.expr]:
    """Axes of ``vmap``: what is shared is mapped over, and the other way round."""
    if keyword.arg not in _MAPPED:
        return
    match keyword.value:
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for place, element in enumerate(elements):
                for turned in _turned_axis(element):
                    changed = [*elements[:place], turned, *elements[place + 1 :]]
                    yield ast.Tuple(changed, ast.Load())
        case value:
            yield from _turned_axis(value)


def _turned_axis(axis: ast.expr) -> Iterator[ast.expr]:
    match axis:
        case ast.Constant(value=None):
            yield ast.Constant(0)
        case ast.Constant(value=int()):
            yield ast.Constant(None)


def _of_order(node: ast.Call) -> Iterator[ast.expr]:
    """Neighbouring arguments that have changed places."""
    if _name(node.func) in _SYMMETRIC or any(isinstance(argument, ast.Starred) for argument in node.args):
        return
    for first, second in list(itertools.pairwise(range(len(node.args))))[:_MOST_PAIRS]:
        if ast.dump(node.args[first]) != ast.dump(node.args[second]):
            arguments = [*node.args]
            arguments[first], arguments[second] = arguments[second], arguments[first]
            yield ast.Call(node.func, arguments, node.keywords)
