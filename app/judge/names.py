"""Which library names a source refers to, whatever it calls them.

``import jax.numpy as jnp``, ``from jax import vmap as v``, ``j = jax; j.vmap`` and ``getattr(jax, "vmap")`` all lead to
dotted names. Values are followed through plain bindings of the enclosing scopes, not through calls, containers or
attributes of the learner's own objects. Invariant: the work is linear in the source and nothing recurses, so that no
source can keep the judge busy or exhaust its stack; only names that lead to a wanted one are followed.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: Attributes read from a value, outermost last.
_Steps = tuple[str, ...]


@dataclass(eq=False)
class _Scope:
    """A module, class, function or comprehension, with what is known of the names that it binds."""

    parent: _Scope | None = None
    kind: str = "module"
    #: Name -> dotted names that it may stand for; bound names that stand for nothing known are here too.
    values: dict[str, set[str]] = field(default_factory=dict)
    #: Name -> the bindings that read it.
    readers: dict[str, list[tuple[_Scope, str, _Steps]]] = field(default_factory=dict)
    #: Names declared ``global`` or ``nonlocal`` -> where they live.
    elsewhere: dict[str, _Scope] = field(default_factory=dict)

    def home(self, name: str) -> _Scope:
        """The scope in which a binding of ``name`` here puts it."""
        scope = self
        # Each leads to an enclosing scope, save that a module may declare its own names global.
        while scope.elsewhere.get(name, scope) is not scope:
            scope = scope.elsewhere[name]
        return scope


@dataclass(frozen=True)
class _Binding:
    """``name = value``; None for a value that cannot be followed. The value is read in ``source``."""

    scope: _Scope
    name: str
    value: ast.expr | None = None
    source: _Scope | None = None


def references(tree: ast.Module, wanted: Collection[str]) -> Iterator[tuple[str, int]]:
    """Every place where a wanted name is used, as (the wanted name, line); importing or binding alone is no use.

    Args:
        tree: the whole source.
        wanted: dotted names; the last part may be ``*``, which stands for anything below.
    """
    collected = _Collector(frozenset(_prefixes(wanted)))
    collected.visit(tree)
    collected.settle()
    for node, scope in collected.uses:
        for name in sorted(collected.names(node, scope)):
            if name in wanted:
                yield name, node.lineno


def _prefixes(wanted: Collection[str]) -> Iterator[str]:
    """The wanted names and every module on the way to them."""
    for name in wanted:
        parts = name.split(".")
        yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))


class _Collector:
    """Scopes, bindings and uses of one source."""

    def __init__(self, known: frozenset[str]) -> None:
        self.known = known
        self.deepest = max((name.count(".") for name in known), default=0)
        self.module = _Scope()
        self.bindings: list[_Binding] = []
        self.imports: list[tuple[_Scope, str, str]] = []
        self.stars: list[str] = []
        #: Every name that some scope binds.
        self.bound: set[str] = set()
        self.uses: list[tuple[ast.expr, _Scope]] = []

    def visit(self, tree: ast.Module) -> None:
        """Collect what the source binds and reads, in source order."""
        pending: list[tuple[ast.AST, _Scope]] = [(tree, self.module)]
        while pending:
            node, scope = pending.pop()
            if isinstance(node, ast.expr):
                self._expression(node, scope)
            else:
                self._statement(node, scope)
            pending.extend(reversed(list(self._children(node, scope))))

    def _children(self, node: ast.AST, scope: _Scope) -> Iterator[tuple[ast.AST, _Scope]]:
        """The parts of a node, each with the scope in which it is evaluated."""
        inner = scope
        outside: list[ast.AST] = []
        if isinstance(node, _Function):
            inner = _Scope(scope, "function")
            outside = [*node.args.defaults, *filter(None, node.args.kw_defaults), *getattr(node, "decorator_list", [])]
            self._parameters(node.args, inner, scope)
        elif isinstance(node, ast.ClassDef):
            inner = _Scope(scope, "class")
            outside = [*node.bases, *node.keywords, *node.decorator_list]
        elif isinstance(node, _COMPREHENSIONS):
            inner = _Scope(scope, "comprehension")
        yield from ((child, scope) for child in outside)
        skipped = {id(child) for child in outside}
        for child in ast.iter_child_nodes(node):
            if isinstance(node, _Function) and isinstance(child, ast.arguments):
                # Defaults are outside already; annotations say nothing about what is used.
                continue
            if id(child) not in skipped:
                yield child, inner

    def _parameters(self, arguments: ast.arguments, inner: _Scope, outer: _Scope) -> None:
        positional = [*arguments.posonlyargs, *arguments.args]
        values = [None] * (len(positional) - len(arguments.defaults)) + list[ast.expr | None](arguments.defaults)
        pairs = [*zip(positional, values, strict=True), *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
        self.bindings += [_Binding(inner, argument.arg, value, outer) for argument, value in pairs]
        extra = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
        self.bindings += [_Binding(inner, argument.arg) for argument in extra]

    def _expression(self, node: ast.expr, scope: _Scope) -> None:
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                self.bindings.append(_Binding(scope, name))
            case ast.Name() | ast.Attribute(ctx=ast.Load()) | ast.Call():
                self.uses.append((node, scope))
            case ast.NamedExpr(target=target, value=value):
                holder = scope
                while holder.kind == "comprehension" and holder.parent:
                    holder = holder.parent
                self.bindings.append(_Binding(holder, target.id, value, scope))

    def _statement(self, node: ast.AST, scope: _Scope) -> None:
        match node:
            case ast.Import(names=names):
                for alias in names:
                    top = alias.name.split(".")[0]
                    self.imports.append((scope, alias.asname or top, alias.name if alias.asname else top))
            case ast.ImportFrom(module=str(module), names=names, level=0):
                self.stars += [module for alias in names if alias.name == "*"]
                self.imports += [(scope, alias.asname or alias.name, f"{module}.{alias.name}") for alias in names]
            case ast.ImportFrom(names=names):
                self.bindings += [_Binding(scope, alias.asname or alias.name) for alias in names]
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
                    self.bindings.append(_Binding(scope, name))

    def settle(self) -> None:
        """Let every name stand for all that may reach it through the bindings, to the least fixed point."""
        places = [(binding, binding.scope.home(binding.name)) for binding in self.bindings]
        for binding, scope in places:
            scope.values.setdefault(binding.name, set())
        for scope, name, _ in self.imports:
            scope.home(name).values.setdefault(name, set())
        self.bound = {entry.name for entry in self.bindings} | {name for _, name, _ in self.imports}
        pending = [
            (scope.home(name), name, found)
            for scope, name, dotted in self.imports
            for found in self._follow(set(), tuple(dotted.split(".")))
        ]
        for binding, scope in places:
            if binding.value is None or binding.source is None:
                continue
            base, steps = self._chain(binding.value)
            owner = self._owner(base, binding.source)
            if owner:
                owner.readers.setdefault(base, []).append((scope, binding.name, steps))
            else:
                pending += [(scope, binding.name, found) for found in self._unbound(base, steps)]
        self._spread(pending)

    def _spread(self, pending: list[tuple[_Scope, str, str]]) -> None:
        while pending:
            scope, name, found = pending.pop()
            if found not in scope.values[name]:
                scope.values[name].add(found)
                for reader, target, steps in scope.readers.get(name, ()):
                    pending += [(reader, target, reached) for reached in self._follow({found}, steps)]

    def _owner(self, name: str, scope: _Scope) -> _Scope | None:
        """The scope whose ``name`` is meant in ``scope``, or None if no scope around it binds the name."""
        if name not in self.bound:
            return None
        around: _Scope | None = scope
        while around is not None:
            around = around.home(name)
            # A method does not see the names of its class.
            if name in around.values and (around is scope or around.kind != "class"):
                return around
            around = around.parent
        return None

    def names(self, node: ast.expr, scope: _Scope) -> set[str]:
        """The dotted names that an expression may stand for, as far as they lead to a wanted one."""
        base, steps = self._chain(node)
        owner = self._owner(base, scope)
        return self._follow(owner.values[base], steps) if owner else self._unbound(base, steps)

    def _unbound(self, base: str, steps: _Steps) -> set[str]:
        """What a name that the source does not bind may be: a builtin, or from a star import; or an import by call."""
        if not base:
            return self._follow(set(), steps)
        starred = (self._follow(set(), (*module.split("."), base, *steps)) for module in self.stars)
        return ({base} & self.known if not steps else set[str]()).union(*starred)

    def _follow(self, start: set[str], steps: _Steps) -> set[str]:
        """Read attributes; from no start, the first step is a top-level name."""
        reached = start or {step for step in steps[:1] if step in self.known}
        for step in steps if start else steps[1:]:
            longer = {f"{name}.{last}" for name in reached for last in (step, "*")} & self.known
            reached = longer | {name for name in reached if name.endswith(".*")}
        return reached

    def _chain(self, node: ast.expr) -> tuple[str, _Steps]:
        """``a.b.c`` as ``("a", ("b", "c"))``; no name and the module's parts for an import by call; else nothing."""
        steps: list[str] = []
        while len(steps) <= self.deepest:
            match node:
                case ast.Name(id=name):
                    return name, tuple(reversed(steps))
                case ast.Attribute(value=node, attr=attribute):
                    steps.append(attribute)
                case ast.Call(func=ast.Name(id="getattr"), args=[node, ast.Constant(value=str(attribute)), *_]):
                    steps.append(attribute)
                case ast.NamedExpr(value=node):
                    pass
                case ast.Call(func=ast.Name(id="__import__"), args=[ast.Constant(value=str(module)), *_]):
                    return "", (module.split(".")[0], *reversed(steps))
                case ast.Call(
                    func=ast.Attribute(attr="import_module") | ast.Name(id="import_module"),
                    args=[ast.Constant(value=str(module)), *_],
                ):
                    return "", (*module.split("."), *reversed(steps))
                case _:
                    break
        return "", ()


def _unpack(target: ast.expr, value: ast.expr, scope: _Scope) -> Iterator[_Binding]:
    """``a, b = x, y`` as two bindings; what cannot be paired is bound where its names are visited."""
    if isinstance(target, ast.Name):
        yield _Binding(scope, target.id, value, scope)
        return
    match target, value:
        case ((ast.Tuple(elts=ones) | ast.List(elts=ones)), (ast.Tuple(elts=others) | ast.List(elts=others))):
            if len(ones) == len(others):
                for one, other in zip(ones, others, strict=True):
                    if isinstance(one, ast.Name) and not isinstance(other, ast.Starred):
                        yield _Binding(scope, one.id, other, scope)
