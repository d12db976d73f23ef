"""What dotted names a source's expressions spell, through its import statements alone.

Simpler than ``app.judge.rules.names``, which finds every way to a name: a note is given where it is plain, and a rule
holds wherever it can be got around. Invariant: the work is linear in the source and nothing recurses.
"""

from __future__ import annotations

import ast

#: Longest chain of attributes that is followed.
_DEEPEST = 8


class Spelling:
    """The names that the imports of a source bind, and what is bound otherwise as well."""

    def __init__(self, tree: ast.Module) -> None:
        """Read the whole source."""
        self._imported: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        bound: set[str] = set()
        for node in ast.walk(tree):
            match node:
                case ast.Import(names=names):
                    for alias in names:
                        name = alias.asname or alias.name.partition(".")[0]
                        self._imported[name] = alias.name if alias.asname else name
                case ast.ImportFrom(module=str(module), names=names, level=0):
                    self._imported |= {alias.asname or alias.name: f"{module}.{alias.name}" for alias in names}
                case ast.Name(id=name, ctx=ast.Store() | ast.Del()) | ast.arg(arg=name):
                    bound.add(name)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    bound.add(name)
                case ast.Attribute(attr=name, lineno=line) | ast.Constant(value=str(name), lineno=line):
                    self._lines[name] = min(line, self._lines.get(name, line))
        for name in bound:
            self._imported.pop(name, None)

    def dotted(self, node: ast.expr) -> str:
        """``jax.numpy.sum`` for ``jnp.sum``; empty where the imports do not say, or something else binds the name."""
        steps: list[str] = []
        while isinstance(node, ast.Attribute) and len(steps) < _DEEPEST:
            steps.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self._imported:
            return ""
        return ".".join((self._imported[node.id], *reversed(steps)))

    def alias(self, module: str) -> str:
        """The name that the imports give a module, ``jnp`` for ``jax.numpy``; empty if they give it none."""
        return next((name for name, whole in self._imported.items() if whole == module), "")

    def line_of(self, name: str) -> int:
        """The first line that reads an attribute, or writes a text, of this name; 0 if none does."""
        return self._lines.get(name, 0)
