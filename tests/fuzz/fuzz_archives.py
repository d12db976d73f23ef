"""An uploaded archive, read as the service reads it.

Invariant held: it is refused in printable words, or comes back within its bounds; nothing else is raised.
"""

from __future__ import annotations

import io
import zipfile

from app.errors import ArchiveRefused
from app.problems.folder.files import MAX_FILE, MAX_STRAYS, belongs
from app.problems.uploads.archive import MOST_BYTES, Unpacked, unpack

_FILES = {"problem.toml": "format = 1\n", "submissions/wrong/a.py": "x = 1\n" * 40, "notes.txt": "", "submissions/": ""}


def seeds() -> list[bytes]:
    """Honest archives, packed in both ways, with a folder at their top and without."""
    return [_packed(top, method) for top in ("", "scale/") for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)]


def one(fuzzed: bytes) -> None:
    """Read one archive."""
    said = ""
    try:
        unpacked = unpack(fuzzed, "scale")
    except ArchiveRefused as refused:
        said, unpacked = refused.detail, Unpacked("scale", {}, ())
    assert said.isprintable(), "a refusal that moves the cursor"
    assert len(said) < 1000, "a refusal that nobody reads"
    assert all(map(belongs, unpacked.files)), "a file that no problem has"
    assert all(len(text) <= MAX_FILE for text in unpacked.files.values()), "a file beyond its bound"
    assert sum(map(len, unpacked.files.values())) <= MOST_BYTES, "more than fits"
    assert len(unpacked.findings) <= MAX_STRAYS + 2, "findings without end"


def _packed(top: str, method: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for path, text in _FILES.items():
            archive.writestr(top + path, text)
    return made.getvalue()
