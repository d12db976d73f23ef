"""Built styles, scripts, fonts and images: their addresses, and their bytes as they are sent.

Invariant: a file's name has a digest of its content in it, so browsers may keep it for ever; only names that the build
made are served, whatever a request asks for.
"""

from __future__ import annotations

import gzip
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("static")
#: Where they are served, below the service's own address.
PATH = "/static"

_MANIFEST = "manifest.json"
#: What the name of a file ends with that is another one, compressed by the build.
_BROTLI = ".br"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
#: Fonts are compressed already.
_COMPRESSED = {".woff2"}


@dataclass(frozen=True)
class Asset:
    """One file.

    Attributes:
        encoded: its bytes as they are sent to whoever accepts an encoding, by its name, the shortest first; none
            where they would not be shorter.
    """

    media_type: str
    content: bytes
    encoded: Mapping[str, bytes]


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
    return frozenset(path.name for path in FOLDER.iterdir() if path.suffix != _BROTLI) - {_MANIFEST}


@cache
def _read(file_name: str) -> Asset:
    path = FOLDER / file_name
    content = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.types_map[path.suffix]
    shorter = path.with_name(path.name + _BROTLI)
    encoded = {"br": shorter.read_bytes()} if shorter.exists() else {}
    return Asset(
        media_type, content, encoded | ({} if path.suffix in _COMPRESSED else {"gzip": gzip.compress(content, mtime=0)})
    )
