"""Rules of the code base that a machine can hold: who imports whom, who prints, who commits."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.walls import image

ROOT = Path(__file__).resolve().parent.parent
#: Folders below it hold hostile code, some of which is not even Python.
CORPUS = ROOT / "tests/hostile"

#: Where -> what nothing in there may import, directly or through other modules of ours.
FORBIDDEN = {
    "sandbox": {"app", "migrations", "fastapi", "sqlalchemy"},
    "app/judge": {"sqlalchemy", "fastapi", "starlette", "jax", "app.database.db", "app.main"},
    "app/problems/model.py": {"sqlalchemy", "fastapi", "jax"},
    "app/main.py": {"jax", "jaxlib"},
}
#: A person at a terminal reads only what these say.
MAY_PRINT = ("app/cli/", "app/serve.py", "app/work.py")
#: Transactions end here.
MAY_COMMIT = {"app/database/db.py", "app/database/migrate.py"}


def _sources(*folders: str) -> list[Path]:
    """Python files of ours: what the tests hand to a sandbox as data is not."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    files = sorted(path for path in found if "node_modules" not in path.parts)  # what others wrote for scripts
    return [path for path in files if not path.is_relative_to(CORPUS) or path.parent == CORPUS]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> Iterator[str]:
    """Every module that a file imports at any depth of its code, ``from a import b`` as both ``a`` and ``a.b``."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)
            case ast.ImportFrom(level=level) if level:
                raise AssertionError(f"{_name(path)}: a relative import hides where a module lies")


def _files(module: str) -> Iterator[Path]:
    """The files of ours that importing ``module`` runs."""
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        stem = ROOT.joinpath(*parts[:length])
        yield from (path for path in (stem / "__init__.py", stem.with_suffix(".py")) if path.is_file())


def _reachable(start: Path) -> Iterator[tuple[Path, str]]:
    """``(file, module it imports)`` for every import that importing ``start`` can lead to."""
    seen, pending = {start}, [start]
    while pending:
        path = pending.pop()
        for module in _imports(path):
            yield path, module
            fresh = [file for file in _files(module) if file not in seen]
            seen.update(fresh)
            pending.extend(fresh)


@pytest.mark.parametrize("place", FORBIDDEN)
def test_imports_go_one_way(place: str) -> None:
    """The judge would need a database to be tested, or the sandbox a service to be used."""
    start = ROOT / place
    files = [start] if start.is_file() else _sources(place)
    assert files
    broken = {
        f"{_name(file)} leads to {_name(importer)}, which imports {module}"
        for file in files
        for importer, module in _reachable(file)
        if any(module == name or module.startswith(f"{name}.") for name in FORBIDDEN[place])
    }
    assert not broken


@pytest.mark.parametrize("path", _sources("app", "sandbox", "migrations", "benchmarks"), ids=_name)
def test_every_module_says_what_it_owns(path: Path) -> None:
    """A newcomer would have to read a file to know whether to read it."""
    assert ast.get_docstring(ast.parse(path.read_text()))


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def test_only_the_command_line_prints() -> None:
    """Results, progress and logs would be mixed on a terminal or in a pipe."""
    printing = {
        _name(path)
        for path in _sources("app", "migrations")
        for call in _calls(path)
        if isinstance(call.func, ast.Name) and call.func.id == "print"
    }
    assert not {name for name in printing if not name.startswith(MAY_PRINT)}


def test_transactions_end_at_the_edge() -> None:
    """Half of a change could be committed by a function that does not know the other half."""
    ending = {
        _name(path)
        for path in _sources("app")
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback", "begin"}
    }
    assert ending <= MAY_COMMIT


@pytest.mark.parametrize("path", _sources("tests"), ids=_name)
def test_every_test_says_what_would_break(path: Path) -> None:
    """A failing test would not tell why anybody cares."""
    bare = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert not bare


def test_what_runs_inside_imports_only_what_the_image_holds() -> None:
    """A container's zygote would not start, and only where there is Docker would anybody notice."""
    package = ROOT / "sandbox"
    shipped = {path for pattern in image._INSIDE for path in package.glob(pattern)}
    for path in sorted(shipped):
        needed = {file for module in _imports(path) for file in _files(module)}
        assert needed <= shipped, f"{_name(path)} imports {sorted(map(_name, needed - shipped))}"
