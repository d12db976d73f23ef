"""Built styles, scripts, fonts and images: their addresses, and their bytes as they are sent.

Invariant: a file's name has a digest of its content in it, so browsers may keep it for ever; only names that the build
made are served, whatever a request asks for.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("static")
#: Where they are served, below the service's own address.
PATH = "/static"

_MANIFEST = "manifest.json"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
#: Fonts are compressed already.
_COMPRESSED = {".woff2"}


@dataclass(frozen=True)
class Asset:
    """One file.

    Attributes:
        zipped: its bytes as gzip; None where that would not make it shorter.
    """

    media_type: str
    content: bytes
    zipped: bytes | None


def path_of(name: str) -> str:
    """Where the file is served that the build has made of ``name``, such as ``page.css``.

    Raises:
        KeyError: it has made none.
    """
    return f"{PATH}/{_manifest()[name]}"


def find(file_name: str) -> Asset | None:
    """The file of this very name; None if the build has made none."""
    return _read(file_name) if file_name in _names() else None


@cache
def _manifest() -> dict[str, str]:
    manifest: dict[str, str] = json.loads((FOLDER / _MANIFEST).read_text(encoding="utf-8"))
    return manifest


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in FOLDER.iterdir()) - {_MANIFEST}


@cache
def _read(file_name: str) -> Asset:
    path = FOLDER / file_name
    content = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.types_map[path.suffix]
    return Asset(media_type, content, None if path.suffix in _COMPRESSED else gzip.compress(content, mtime=0))
