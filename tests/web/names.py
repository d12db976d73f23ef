"""The names that the editor completes, as the installed JAX has them, in ``names.ts`` of the island.

Usage: ``python -m tests.web.names --write`` writes it anew.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
from pathlib import Path
from types import ModuleType

from app import web

FILE = Path(web.__file__).parent / "frontend" / "src" / "island" / "names.ts"
RENEW = "python -m tests.web.names --write"

MODULES = (
    *("jax", "jax.numpy", "jax.numpy.linalg", "jax.numpy.fft", "jax.lax", "jax.nn", "jax.nn.initializers"),
    *("jax.random", "jax.tree", "jax.debug"),
)
#: What else is worth a dot.
_LEADS_ON = {"jax.scipy", "jax.tree_util", "jax.image", "jax.ops"}
#: What modules have beside their own, for their own use.
_OTHERS = {"annotations", "typing", "TYPE_CHECKING"}
_WIDTH = 112


def current() -> str:
    """The file as the installed JAX would have it."""
    entries = "".join(_entry(name) for name in MODULES)
    return (
        f"// Written by `{RENEW}`; a test compares it with the JAX that is installed.\n"
        "/** Members of modules: f functions, c classes, v other values, m modules. */\n"
        f"export const names: Record<string, Record<string, string>> = {{\n{entries}}};\n"
    )


def _entry(name: str) -> str:
    kinds: dict[str, list[str]] = {}
    module = importlib.import_module(name)
    for member in sorted(dir(module)):
        kind = "" if member.startswith("_") or member in _OTHERS else _kind(name, member, getattr(module, member))
        if kind:
            kinds.setdefault(kind, []).append(member)
    lines = "".join(f"    {kind}:{_text(kinds[kind])},\n" for kind in "fcvm" if kind in kinds)
    return f'  "{name}": {{\n{lines}  }},\n'


def _kind(module: str, member: str, value: object) -> str:
    if isinstance(value, ModuleType):
        return "m" if {f"{module}.{member}"} & {*MODULES, *_LEADS_ON} else ""
    if inspect.isclass(value):
        return "c"
    return "f" if callable(value) else "v"


def _text(names: list[str]) -> str:
    """Names in one string, over as many lines as it takes."""
    lines, line = [], ""
    for name in names:
        if line and len(line) + len(name) + 1 > _WIDTH:
            lines.append(line)
            line = ""
        line += f"{name} "
    lines.append(line.rstrip())
    if len(lines) == 1:
        return f' "{lines[0]}"'
    return "".join(f'\n      "{each}"{" +" if each is not lines[-1] else ""}' for each in lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    FILE.write_text(current())
