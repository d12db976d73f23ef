"""Which library names a source refers to and which modules it imports, whatever it calls them.

``import jax.numpy as jnp``, ``from jax import vmap as v``, ``j = jax; j.vmap``, ``getattr(jax, "vmap")`` and
``vars(jax)["vmap"]`` all lead to dotted names. Values are followed through plain bindings of the enclosing scopes, not
through calls, containers or attributes of the learner's own objects. Invariant: the work is linear in the source and
nothing recurses; only names that lead to a wanted one are followed.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Collection, Iterator

from app.judge.rules.scopes import Scope, Scopes, Steps

#: Builtins can be read from this module too.
_BUILTINS = frozenset(dir(builtins))
#: Modules whose members read names that are given as text.
_HELPERS = frozenset({"builtins", "importlib", "sys"})
_IMPORTS = frozenset({"__import__", "importlib.__import__"})
#: From this many positional arguments on, the fourth is ``fromlist``: the module named last is what is returned.
_WITH_FROMLIST = 4


class Names:
    """What the names of one source stand for, as far as that leads to a wanted one."""

    def __init__(self, tree: ast.Module, wanted: Collection[str]) -> None:
        """Read the whole source.

        Args:
            tree: the source.
            wanted: dotted names; the last part may be ``*``, which stands for anything below.
        """
        self._spellings = {name: name for name in wanted}
        self._spellings |= {f"builtins.{name}": name for name in wanted if name in _BUILTINS}
        self._scopes = Scopes(tree)
        #: The wanted names and every module on the way to them.
        self._known = frozenset(_prefixes(self._spellings))
        self._deepest = max((name.count(".") for name in self._known), default=0)
        stars = self._scopes.stars
        self._helpers = stars & _HELPERS
        #: What of the known the modules that are imported whole stand for.
        self._starred = set[str]().union(*(self._follow(set(), tuple(module.split("."))) for module in stars))
        #: Any module that is imported whole may bring in a name of its own that hides a builtin.
        self._sure = not stars - _HELPERS
        #: Every name that some scope binds.
        self._bound = {entry.name for entry in self._scopes.bindings} | {name for _, name, _ in self._scopes.imports}
        self._settle()

    def references(self) -> Iterator[tuple[str, int]]:
        """Every place where a wanted name is used, as (it, line); importing or binding alone is no use."""
        for node, scope in self._scopes.uses:
            for name in sorted(self._names(node, scope)):
                if name in self._spellings:
                    yield self._spellings[name], node.lineno

    def imports(self) -> Iterator[tuple[str, int]]:
        """Everything that is imported, wanted or not, as (dotted name, line).

        That is by statement, ``import_module("a.b")``, ``__import__("a.b")`` or ``sys.modules["a.b"]``. ``from a import
        b`` is ``a.b``, whether that is a module or not, and ``from a import *`` is ``a.*``. Relative imports are left
        out.
        """
        yield from self._scopes.imported
        for node, scope in self._scopes.uses:
            found = self._module(node, scope)
            if found:
                yield found[0], node.lineno

    def _settle(self) -> None:
        """Let every name stand for all that may reach it through the bindings, to the least fixed point."""
        places = [(binding, binding.scope.home(binding.name)) for binding in self._scopes.bindings]
        for binding, scope in places:
            scope.values.setdefault(binding.name, set())
        pending: list[tuple[Scope, str, str]] = []
        for scope, name, dotted in self._scopes.imports:
            home = scope.home(name)
            home.values.setdefault(name, set())
            home.imported.setdefault(name, set()).add(dotted)
            pending += [(home, name, found) for found in self._follow(set(), tuple(dotted.split(".")))]
        for binding, scope in places:
            if binding.value is None or binding.source is None:
                continue
            for value in _branches(binding.value):
                base, steps = self._chain(value, binding.source)
                owner = self._owner(base, binding.source)
                if owner:
                    owner.readers.setdefault(base, []).append((scope, binding.name, steps))
                else:
                    pending += [(scope, binding.name, found) for found in self._unbound(base, steps)]
        self._spread(pending)

    def _spread(self, pending: list[tuple[Scope, str, str]]) -> None:
        while pending:
            scope, name, found = pending.pop()
            if found not in scope.values[name]:
                scope.values[name].add(found)
                for reader, target, steps in scope.readers.get(name, ()):
                    pending += [(reader, target, reached) for reached in self._follow({found}, steps)]

    def _owner(self, name: str, scope: Scope) -> Scope | None:
        """The scope whose ``name`` is meant in ``scope``, or None if no scope around it binds the name."""
        if name not in self._bound:
            return None
        around: Scope | None = scope
        while around is not None:
            around = around.home(name)
            # A method does not see the names of its class.
            if name in around.values and (around is scope or around.kind != "class"):
                return around
            around = around.parent
        return None

    def _names(self, node: ast.expr, scope: Scope) -> set[str]:
        """The dotted names that an expression may stand for, as far as they lead to a wanted one."""
        base, steps = self._chain(node, scope)
        owner = self._owner(base, scope)
        return self._follow(owner.values[base], steps) if owner else self._unbound(base, steps)

    def _unbound(self, base: str, steps: Steps) -> set[str]:
        """What a name that the source does not bind may be: a builtin, or from a star import; or an import by call."""
        if not base:
            return self._follow(set(), steps)
        starred = self._follow(self._starred, (base, *steps)) if self._starred else set[str]()
        return starred | {base} & self._known if self._sure and base in _BUILTINS and not steps else starred

    def _follow(self, start: set[str], steps: Steps) -> set[str]:
        """Read attributes; from no start, the first step is a top-level name."""
        reached = start or {step for step in steps[:1] if step in self._known}
        for step in steps if start else steps[1:]:
            longer = {f"{name}.{last}" for name in reached for last in (step, "*")} & self._known
            reached = longer | {name for name in reached if name.endswith(".*")}
        return reached

    def _chain(self, node: ast.expr, scope: Scope) -> tuple[str, Steps]:
        """``a.b.c`` as ``("a", ("b", "c"))``; no name and the module's parts for an import by call; else nothing."""
        steps: list[str] = []
        while len(steps) <= self._deepest:
            if isinstance(node, ast.Name):
                return node.id, tuple(reversed(steps))
            if isinstance(node, ast.NamedExpr):
                node = node.value
                continue
            read = self._read(node, scope)
            if read:
                node, attribute = read
                steps.append(attribute)
                continue
            found = self._module(node, scope)
            if found:
                module, whole = found
                parts = module.split(".")
                return "", (*(parts if whole else parts[:1]), *reversed(steps))
            break
        return "", ()

    def _read(self, node: ast.expr, scope: Scope) -> tuple[ast.expr, str] | None:
        """An attribute that is read, as (whose, which), however the reading is written."""
        if isinstance(node, ast.Attribute):
            return node.value, node.attr
        match node:
            case ast.Call(func=called, args=[value, ast.Constant(value=str(attribute)), *_]):
                return (value, attribute) if "getattr" in self._spelled(called, scope) else None
            case ast.Subscript(
                value=ast.Attribute(value=value, attr="__dict__"), slice=ast.Constant(value=str(attribute))
            ):
                return value, attribute
            case ast.Subscript(value=ast.Call(func=called, args=[value]), slice=ast.Constant(value=str(attribute))):
                return (value, attribute) if "vars" in self._spelled(called, scope) else None
        return None

    def _module(self, node: ast.expr, scope: Scope) -> tuple[str, bool] | None:
        """The module that an expression gets by its name, and whether it stands for that one or for its first part."""
        if isinstance(node, ast.Name | ast.Attribute):
            return None
        match node:
            case ast.Subscript(value=holder, slice=ast.Constant(value=str(module))):
                return (module, True) if "sys.modules" in self._spelled(holder, scope) else None
            case (
                ast.Call(func=called, args=[ast.Constant(value=str(module)), *_])
                | ast.Call(func=called, keywords=[ast.keyword(arg="name", value=ast.Constant(value=str(module))), *_])
            ):
                by = self._spelled(called, scope)
                if "importlib.import_module" in by:
                    return module, True
                if by & _IMPORTS:
                    named = any(keyword.arg == "fromlist" for keyword in node.keywords)
                    return module, named or len(node.args) >= _WITH_FROMLIST
        return None

    def _spelled(self, node: ast.expr, scope: Scope) -> set[str]:
        """The builtin, or the member of an imported module, that an expression may be: ``importlib.import_module``."""
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute):
                member = f".{attribute}"
            case ast.Name(id=name):
                member = ""
            case _:
                return set()
        owner = self._owner(name, scope)
        found = owner.imported.get(name, set()) if owner else {name, *(f"{module}.{name}" for module in self._helpers)}
        return {f"{one}{member}".removeprefix("builtins.") for one in found}


def _prefixes(wanted: Collection[str]) -> Iterator[str]:
    """The wanted names and every module on the way to them."""
    for name in wanted:
        parts = name.split(".")
        yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def _branches(value: ast.expr) -> Iterator[ast.expr]:
    """The expressions one of which is the value: both sides of a condition, all of ``or``."""
    pending = [value]
    while pending:
        match pending.pop():
            case ast.IfExp(body=body, orelse=orelse):
                pending += [body, orelse]
            case ast.BoolOp(values=values):
                pending += values
            case other:
                yield other
