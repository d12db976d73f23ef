"""A zip archive as the files of a problem folder.

Invariant: an archive is hostile. Its entries never reach a file system by their own names: what comes back are the
bytes of regular files at places that a problem folder has, each and all of them bounded by what was really inflated.
Whatever could mean one thing here and another elsewhere (two entries of one name, links, paths that leave the folder,
entries that share bytes) refuses the whole archive.
"""

from __future__ import annotations

import io
import itertools
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.errors import ArchiveRefused
from app.problems.findings import Finding
from app.problems.folder import files as places
from app.problems.folder.files import MANIFEST, MAX_FILE
from app.problems.folder.manifest import is_slug

#: Most entries of an archive, folders counted: more than a problem has, and few enough to look at each.
MOST_ENTRIES = 1000
#: Most bytes of all files of a problem together.
MOST_BYTES = 8 << 20
#: Longest path of an entry, in characters.
_LONGEST_PATH = 200
#: What every entry of the central directory begins with (APPNOTE 4.3.12), and sizes within a local header (4.3.7).
_DIRECTORY_ENTRY, _LOCAL_HEADER, _LENGTHS = b"PK\x01\x02", 30, 26
#: How an entry may be packed; nothing else is as common, and nothing else is as well bounded.
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
#: Bits of an entry's flags: encrypted, by the old way or the new; names hidden (4.4.4).
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_DRIVE = re.compile(r"[A-Za-z]:")
#: What file managers leave in archives: no author's fault, and none can be talked out of it.
_LEFT_BEHIND = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_LEFT_FOLDER = "__MACOSX"
#: What the library raises for an archive that is none, is damaged, or uses what it does not know.
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class Unpacked:
    """What an archive holds.

    Attributes:
        slug: the problem's name.
        files: what belongs into its folder, by path.
        findings: what does not belong there.
    """

    slug: str
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


def unpack(content: bytes, slug: str | None = None) -> Unpacked:
    """The files of the problem folder in an archive, which lie at its root or in a single folder there.

    Args:
        content: the archive.
        slug: the problem's name; without it, that of the single folder.

    Raises:
        ArchiveRefused: it cannot be taken; the message names the entry and says what to do.
    """
    # Counted before they are read: each entry costs a thousand times more as an object than in the archive.
    if content.count(_DIRECTORY_ENTRY) > MOST_ENTRIES:
        raise ArchiveRefused(
            f"The archive has more than {MOST_ENTRIES} entries. Pack the folder of one problem and nothing else."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpack(archive, content, slug)
    except _UNREADABLE as error:
        raise ArchiveRefused(
            f"This cannot be read as a zip archive: {_shown(str(error)) or type(error).__name__}. Pack the problem's "
            "folder anew, for example with 'zip -r problem.zip FOLDER'."
        ) from error


def _unpack(archive: zipfile.ZipFile, content: bytes, slug: str | None) -> Unpacked:
    entries = archive.infolist()
    for entry in entries:
        _check_entry(entry)
    _check_names([entry.orig_filename for entry in entries])
    _check_spans(entries, content, archive.start_dir)
    ours = [entry for entry in entries if not _is_left_behind(entry.orig_filename)]
    top = _top([entry.orig_filename for entry in ours])
    found = {entry.orig_filename[len(top) :]: entry for entry in ours}
    if MANIFEST not in found:
        raise ArchiveRefused(
            f"There is no {MANIFEST} in the archive, neither at its root nor in a single folder there. Pack the folder "
            "of one problem."
        )
    for path, entry in found.items():
        if path.endswith("/") and places.belongs(path.removesuffix("/")):
            raise _refused(entry.orig_filename, "it is a folder, where a problem has a file. Replace it by the file.")
    files = {path: entry for path, entry in found.items() if places.belongs(path)}
    _check_sizes(files)
    strays = {
        path: places.stray(path.removesuffix("/"))
        for path in found
        if not places.belongs(path) and not places.is_folder(path.removesuffix("/"))
    }
    # One finding for a folder, however much is in it.
    findings = places.fewer(list({(each.file, each.message): each for each in strays.values()}.values()))
    if len(ours) < len(entries):
        message = "The archive holds what a file manager has left there; it was passed over."
        findings.append(Finding("unexpected-file", ".", None, message, "Leave it, or pack without it.", "warning"))
    return Unpacked(
        _slug(slug, top), {path: _inflated(archive, entry) for path, entry in files.items()}, tuple(findings)
    )


def _refused(entry: str, message: str) -> ArchiveRefused:
    return ArchiveRefused(f"{_shown(entry)}: {message}", entry=_shown(entry))


def _shown(text: str) -> str:
    """What an archive says, made printable and short."""
    return places.printable(text[:_LONGEST_PATH])


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Return if an entry is a regular file or a folder, packed in a usual way, at a path below the archive's root."""
    name = entry.orig_filename
    if len(name) > _LONGEST_PATH:
        raise _refused(name, f"the path is longer than {_LONGEST_PATH} characters. Take the entry out.")
    if "\0" in name or "\\" in name or not name.isprintable():
        raise _refused(name, "the path holds a backslash or a control character. Pack with '/' between folders.")
    if name.startswith("/") or _DRIVE.match(name):
        raise _refused(name, "the path is absolute. Pack from within the folder, so that paths are relative.")
    parts = name.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts):
        raise _refused(name, "the path has an empty part, '.' or '..'. Pack from within the folder.")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refused(name, "it is a link, a device or a pipe. Replace it by the file itself.")
    if kind and (kind == stat.S_IFDIR) != name.endswith("/"):
        raise _refused(name, "it is a folder by its name and a file by its kind, or the other way round. Pack anew.")
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(name, "it is encrypted. Pack without a password.")
    if entry.compress_type not in _PACKED:
        raise _refused(name, "it is compressed in an unusual way. Pack with 'deflate', the default of most programs.")


def _check_names(names: Sequence[str]) -> None:
    """Return if no two entries have the same path, and none lies within a file."""
    seen: set[str] = set()
    for name in names:
        bare = name.removesuffix("/")
        if bare in seen:
            raise _refused(name, "the archive has two entries of this path. Pack each file once.")
        seen.add(bare)
    files = {name for name in names if not name.endswith("/")}
    for name in names:
        for above in _above(name):
            if above in files:
                raise _refused(above, "it is a file, and other entries lie in a folder of that path. Pack anew.")


def _above(name: str) -> Iterator[str]:
    parts = name.removesuffix("/").split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts)))


def _check_spans(entries: Sequence[zipfile.ZipInfo], content: bytes, end: int) -> None:
    """Return if every entry has bytes of its own, before the directory at ``end``."""
    spans = []
    for entry in entries:
        start = entry.header_offset
        if not 0 <= start <= end - _LOCAL_HEADER:
            raise _refused(entry.orig_filename, "its place lies outside of the archive, which is damaged. Pack anew.")
        # The local header has lengths of its own.
        name, extra = struct.unpack_from("<HH", content, start + _LENGTHS)
        spans.append((start, start + _LOCAL_HEADER + name + extra + entry.compress_size, entry.orig_filename))
    spans.sort()
    for (_, stop, name), (following, _, _) in itertools.pairwise([*spans, (end, end, "")]):
        if stop > following:
            raise _refused(name, "it overlaps with another part of the archive. Pack anew.")


def _is_left_behind(name: str) -> bool:
    parts = name.removesuffix("/").split("/")
    return parts[0] == _LEFT_FOLDER or parts[-1] in _LEFT_BEHIND


def _top(names: Sequence[str]) -> str:
    """The single folder that holds everything, with its slash; empty if the problem's files lie at the root."""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or not all("/" in name for name in names):
        return ""
    return f"{tops.pop()}/"


def _slug(asked: str | None, top: str) -> str:
    slug = asked if asked is not None else top.removesuffix("/")
    if not slug:
        raise ArchiveRefused(
            "The files lie at the root of the archive, so that it does not say what the problem is called. Add "
            "?slug=NAME to the address, or pack the folder itself."
        )
    if not is_slug(slug):
        raise ArchiveRefused(
            f"{_shown(slug)!r} cannot be the name of the function to write. Rename the folder, or add ?slug=NAME to "
            "the address: lower-case letters, digits and _, first a letter, no Python keyword."
        )
    return slug


def _check_sizes(files: Mapping[str, zipfile.ZipInfo]) -> None:
    """Return if the sizes that the entries declare are within bounds."""
    for path, entry in files.items():
        if entry.file_size > MAX_FILE:
            message = f"the file is longer than {MAX_FILE // 1024} KiB. Shorten it; cases.py makes large inputs."
            raise _refused(path, message)
    if sum(entry.file_size for entry in files.values()) > MOST_BYTES:
        raise ArchiveRefused(
            f"The files have more than {MOST_BYTES >> 20} MiB together. File fewer submissions, or shorter ones."
        )


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry, of which no more are made than it declares and may have."""
    try:
        with archive.open(entry) as stream:
            inflated = stream.read(MAX_FILE + 1)
    except _UNREADABLE as error:
        raise _refused(entry.orig_filename, f"it is damaged: {_shown(str(error))}. Pack anew.") from error
    if len(inflated) != entry.file_size:
        raise _refused(entry.orig_filename, "it has another size than it declares. Pack anew.")
    return inflated
