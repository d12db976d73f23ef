"""What a source binds and reads, scope by scope.

What ``if __name__ == "__main__":`` guards is left out: a submission is loaded under another name. Invariant: the work
is linear in the source and nothing recurses, so that no source can keep the judge busy or exhaust its stack.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

#: What opens a function's scope.
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: Attributes read from a value, outermost last.
Steps = tuple[str, ...]


@dataclass(eq=False)
class Scope:
    """A module, class, function or comprehension, with what is known of the names that it binds."""

    parent: Scope | None = None
    kind: str = "module"
    #: Name -> dotted names that it may stand for; bound names that stand for nothing known are here too.
    values: dict[str, set[str]] = field(default_factory=dict)
    #: Name -> what imports bind to it, whole.
    imported: dict[str, set[str]] = field(default_factory=dict)
    #: Name -> the bindings that read it.
    readers: dict[str, list[tuple[Scope, str, Steps]]] = field(default_factory=dict)
    #: Names declared ``global`` or ``nonlocal`` -> where they live.
    elsewhere: dict[str, Scope] = field(default_factory=dict)

    def home(self, name: str) -> Scope:
        """The scope in which a binding of ``name`` here puts it."""
        scope = self
        # Each leads to an enclosing scope, save that a module may declare its own names global.
        while scope.elsewhere.get(name, scope) is not scope:
            scope = scope.elsewhere[name]
        return scope


@dataclass(frozen=True)
class Binding:
    """``name = value``; None for a value that cannot be followed. The value is read in ``source``."""

    scope: Scope
    name: str
    value: ast.expr | None = None
    source: Scope | None = None


class Scopes:
    """Scopes, bindings and uses of one source.

    Attributes:
        module: the outermost scope.
        bindings: all but those by absolute imports.
        imports: what absolute imports bind, as (scope, name, dotted name).
        imported: what absolute imports name, as (dotted name, line); ``from a import *`` is ``a.*``.
        stars: modules of which everything is imported.
        uses: every name, attribute, call and subscript that is read.
    """

    def __init__(self, tree: ast.Module) -> None:
        """Read the whole source, in its order."""
        self.module = Scope()
        self.bindings: list[Binding] = []
        self.imports: list[tuple[Scope, str, str]] = []
        self.imported: list[tuple[str, int]] = []
        self.stars: set[str] = set()
        self.uses: list[tuple[ast.expr, Scope]] = []
        pending: list[tuple[ast.AST, Scope]] = [(node, self.module) for node in reversed(loaded(tree))]
        while pending:
            node, scope = pending.pop()
            if isinstance(node, ast.expr):
                self._expression(node, scope)
            else:
                self._statement(node, scope)
            pending.extend(reversed(list(self._children(node, scope))))

    def _children(self, node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
        """The parts of a node, each with the scope in which it is evaluated."""
        inner = scope
        outside: list[ast.AST] = []
        if isinstance(node, Function):
            inner = Scope(scope, "function")
            outside = [*node.args.defaults, *filter(None, node.args.kw_defaults), *getattr(node, "decorator_list", [])]
            self._parameters(node.args, inner, scope)
        elif isinstance(node, ast.ClassDef):
            inner = Scope(scope, "class")
            outside = [*node.bases, *node.keywords, *node.decorator_list]
        elif isinstance(node, _COMPREHENSIONS):
            inner = Scope(scope, "comprehension")
        yield from ((child, scope) for child in outside)
        # Annotations say nothing about what is used.
        skipped = {id(child) for child in (*outside, getattr(node, "returns", None), getattr(node, "annotation", None))}
        for child in ast.iter_child_nodes(node):
            if isinstance(node, Function) and isinstance(child, ast.arguments):
                # Defaults are outside already.
                continue
            if id(child) not in skipped:
                yield child, inner

    def _parameters(self, arguments: ast.arguments, inner: Scope, outer: Scope) -> None:
        positional = [*arguments.posonlyargs, *arguments.args]
        values = [None] * (len(positional) - len(arguments.defaults)) + list[ast.expr | None](arguments.defaults)
        pairs = [*zip(positional, values, strict=True), *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
        self.bindings += [Binding(inner, argument.arg, value, outer) for argument, value in pairs]
        extra = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
        self.bindings += [Binding(inner, argument.arg) for argument in extra]

    def _expression(self, node: ast.expr, scope: Scope) -> None:
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                self.bindings.append(Binding(scope, name))
            case ast.Name() | ast.Attribute(ctx=ast.Load()) | ast.Subscript(ctx=ast.Load()) | ast.Call():
                self.uses.append((node, scope))
            case ast.NamedExpr(target=target, value=value):
                holder = scope
                while holder.kind == "comprehension" and holder.parent:
                    holder = holder.parent
                self.bindings.append(Binding(holder, target.id, value, scope))

    def _statement(self, node: ast.AST, scope: Scope) -> None:
        match node:
            case ast.Import(names=names):
                for alias in names:
                    top = alias.name.split(".")[0]
                    self.imports.append((scope, alias.asname or top, alias.name if alias.asname else top))
                    self.imported.append((alias.name, alias.lineno))
            case ast.ImportFrom(module=str(module), names=names, level=0):
                self.stars |= {module for alias in names if alias.name == "*"}
                self.imports += [(scope, alias.asname or alias.name, f"{module}.{alias.name}") for alias in names]
                self.imported += [(f"{module}.{alias.name}", alias.lineno) for alias in names]
            case ast.ImportFrom(names=names):
                self.bindings += [Binding(scope, alias.asname or alias.name) for alias in names]
            case ast.Assign(targets=targets, value=value):
                self.bindings += [entry for target in targets for entry in _unpack(target, value, scope)]
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.bindings += _unpack(target, value, scope)
            case ast.Global(names=names):
                scope.elsewhere |= dict.fromkeys(names, self.module)
            case ast.Nonlocal(names=names) if scope.parent:
                scope.elsewhere |= dict.fromkeys(names, scope.parent)
            case _:
                # Definitions, handlers and patterns bind a name to something that is not followed.
                name = getattr(node, "rest" if isinstance(node, ast.MatchMapping) else "name", None)
                if isinstance(name, str) and not isinstance(node, ast.alias):
                    self.bindings.append(Binding(scope, name))


def loaded(tree: ast.Module) -> list[ast.stmt]:
    """The statements of a module less what runs only where it is a script, unless it names itself ``__main__``."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id="__name__", ctx=ast.Store() | ast.Del()):
                return tree.body
    return [kept for node in tree.body for kept in (node.orelse if _is_guard(node) else [node])]


def _is_guard(node: ast.stmt) -> TypeGuard[ast.If]:
    match node:
        case ast.If(test=ast.Compare(left=left, ops=[ast.Eq()], comparators=[right])):
            match (right, left) if isinstance(left, ast.Constant) else (left, right):
                case ast.Name(id="__name__"), ast.Constant(value="__main__"):
                    return True
    return False


def _unpack(target: ast.expr, value: ast.expr, scope: Scope) -> Iterator[Binding]:
    """``a, (b, c) = x, (y, z)`` as three bindings; what cannot be paired is bound where its names are visited."""
    pending = [(target, value)]
    while pending:
        match pending.pop():
            case ast.Name(id=name), given:
                yield Binding(scope, name, given, scope)
            case ((ast.Tuple(elts=ones) | ast.List(elts=ones)), (ast.Tuple(elts=others) | ast.List(elts=others))):
                pending += _pairs(ones, others)


def _pairs(ones: Sequence[ast.expr], others: Sequence[ast.expr]) -> Iterator[tuple[ast.expr, ast.expr]]:
    """What is surely assigned to what: all up to the first star."""
    for one, other in zip(ones, others, strict=False):
        if isinstance(one, ast.Starred) or isinstance(other, ast.Starred):
            return
        yield one, other
