"""A new problem folder, made from a template that checks clean as it is.

The templates lie beside this file, one folder for each mode, and are data: ``SLUG`` and ``TITLE`` in them stand for the
problem's own. Invariant: a folder is made whole or not at all, and nothing that exists is touched.
"""

from __future__ import annotations

import ast
import shutil
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from app.problems.folder.manifest import is_slug

Mode = Literal["traced", "eager"]

_SUFFIX = ".template"


class CannotStart(Exception):
    """The folder cannot be made; the message says why and what to do."""


def start(slug: str, parent: Path, mode: Mode) -> tuple[str, ...]:
    """Make the folder ``parent/slug``, and ``parent`` where it is missing; returns its files, relative to it.

    Raises:
        CannotStart: the name cannot be a function's, the folder is there already, or it cannot be written.
    """
    if not is_slug(slug):
        rule = "lower-case letters, digits and _, first a letter, no Python keyword"
        raise CannotStart(f"{slug!r} cannot be the name of the function to write. Choose another: {rule}.")
    files = filled(slug, mode)
    if slug in _names(files):
        raise CannotStart(f"{slug!r} is a name that the template uses for something else. Choose a longer one.")
    folder = parent / slug
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
    except FileExistsError as error:
        what = parent if parent.exists() and not parent.is_dir() else folder
        raise CannotStart(f"{what} exists, and nothing is overwritten. Choose another name or --dir.") from error
    except OSError as error:
        raise CannotStart(f"{folder} cannot be made: {error.strerror}.") from error
    try:
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise CannotStart(f"{folder} cannot be written: {error.strerror}.") from error
    return tuple(files)


def filled(slug: str, mode: Mode) -> dict[str, str]:
    """The template of ``mode`` with its names filled in: text by path, files before folders."""
    title = slug.replace("_", " ").strip().capitalize()
    found = _read(resources.files(__name__) / mode)
    return {path: text.replace("SLUG", slug).replace("TITLE", title) for path, text in sorted(found, key=_order)}


def _order(found: tuple[str, str]) -> tuple[int, str]:
    path, _ = found
    return path.count("/"), path


def _read(folder: Traversable, below: str = "") -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _read(entry, f"{below}{entry.name}/")
        elif entry.name.endswith(_SUFFIX):
            yield below + entry.name.removesuffix(_SUFFIX), entry.read_text(encoding="utf-8")


def _names(files: Mapping[str, str]) -> set[str]:
    """What the template's Python calls by name, but for the functions that are the problem's own."""
    names: set[str] = set()
    for path, text in files.items():
        for node in ast.walk(ast.parse(text)) if path.endswith(".py") else ():
            match node:
                case ast.Name(id=name) | ast.arg(arg=name) | ast.alias(asname=str(name)) | ast.alias(name=name):
                    names.add(name)
    return names
