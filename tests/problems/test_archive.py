"""Archives of problem folders: honest ones come back file by file, hostile ones are refused by the entry at fault."""

from __future__ import annotations

import io
import random
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import ArchiveRefused
from app.problems.folder.files import MAX_FILE, MAX_STRAYS
from app.problems.uploads.archive import MOST_BYTES, MOST_ENTRIES, Unpacked, unpack
from tests.problems.sample import FILES

#: A byte of the local header and the central directory at which a field lies, from the header's start.
_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def packed(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive with these entries, in order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return made.getvalue()


def folder(top: str = "scale/", **more: str | bytes) -> dict[str, str | bytes]:
    """The sample's files below ``top``."""
    return {f"{top}{path}": text for path, text in FILES.items()} | more


def with_entry(name: str, text: str | bytes = b"x", **attributes: Any) -> bytes:
    """The sample with one more entry, whose ``ZipInfo`` has these attributes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, content in folder().items():
            archive.writestr(path, content)
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        for key, value in attributes.items():
            setattr(entry, key, value)
        archive.writestr(entry, text)
    return made.getvalue()


def patched(archive: bytes, header: bytes, number: int, at: int, value: bytes) -> bytes:
    """An archive with some bytes of its ``number``-th header replaced."""
    start = -1
    for _ in range(number + 1):
        start = archive.index(header, start + 1)
    return archive[: start + at] + value + archive[start + at + len(value) :]


def refusal(content: bytes, slug: str | None = None) -> ArchiveRefused:
    with pytest.raises(ArchiveRefused) as caught:
        unpack(content, slug)
    return caught.value


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_folder_comes_back_file_by_file(method: int) -> None:
    """An author's upload would be another problem than the one on their disk."""
    expected = {path: text.encode() for path, text in FILES.items()}
    assert unpack(packed(folder(), method)) == Unpacked("scale", expected, ())
    assert unpack(packed(folder(""), method), "scale") == Unpacked("scale", expected, ())
    assert unpack(packed(folder("main-3f2a/"), method), "scale").slug == "scale"


def test_entries_for_folders_are_no_files() -> None:
    """What most programs pack beside the files would be refused, or found fault with."""
    folders = {"scale/": "", "scale/submissions/": "", "scale/submissions/wrong/": ""}
    unpacked = unpack(packed(folders | folder()))
    assert unpacked.files.keys() == FILES.keys()
    assert unpacked.findings == ()


@pytest.mark.parametrize(
    ("path", "named", "mend"),
    [
        ("scale/Hints.md", "Hints.md", "Rename it to hints.md"),
        ("scale/notes/a.txt", "notes", "Move it out"),
        ("scale/submissions/wrong/Bad Name.py", "submissions/wrong/Bad Name.py", "Name submissions in lower case"),
        ("scale/submissions/wrong.py", "submissions/wrong.py", "Rename it to wrong"),
        ("scale/submissions/other/", "submissions/other", "Move it out"),
    ],
)
def test_what_does_not_belong_is_a_finding(path: str, named: str, mend: str) -> None:
    """A misspelt file would be lost without a word."""
    [finding] = unpack(packed(folder() | {path: "x"})).findings
    assert (finding.code, finding.severity, finding.file) == ("unexpected-file", "error", named)
    assert mend in finding.mend


def test_findings_about_entries_are_few() -> None:
    """An archive of a home folder would bury what matters."""
    many = {f"scale/{number}.txt": "x" for number in range(100)}
    findings = unpack(packed(folder() | many)).findings
    assert len(findings) == MAX_STRAYS + 1
    assert "80 more" in findings[-1].message
    deep = {f"scale/deep/{number}.txt": "x" for number in range(100)}
    assert len(unpack(packed(folder() | deep)).findings) == 1


def test_what_a_file_manager_leaves_keeps_nothing_from_being_published() -> None:
    """Whoever packs with a menu of their desktop could upload nothing."""
    left = {"__MACOSX/scale/._problem.toml": "x", "scale/.DS_Store": "x", "scale/submissions/.DS_Store": "x"}
    unpacked = unpack(packed(left | folder()))
    assert unpacked.slug == "scale"
    assert [finding.severity for finding in unpacked.findings] == ["warning"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("/etc/passwd", "absolute"),
        ("C:/scale/problem.toml", "absolute"),
        ("c:evil", "absolute"),
        ("../evil.py", "'..'"),
        ("scale/../../evil.py", "'..'"),
        ("scale/./problem.toml", "'..'"),
        ("scale//evil.py", "empty part"),
        ("scale\\evil.py", "backslash"),
        ("scale/a\0b.py", "control character"),
        ("scale/a\nb.py", "control character"),
        ("scale/" + "a" * 300, "longer than"),
        ("scale/problem.toml", "two entries"),
        ("scale/problem.toml/", "two entries"),
        ("scale/problem.toml/x", "it is a file, and"),
        ("scale/compare.py/", "folder, where a problem has a file"),
        ("", "empty part"),
        ("/", "absolute"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_path_that_could_lead_elsewhere_refuses_the_archive(name: str, says: str) -> None:
    """An entry could be written or read outside of its folder, or be one thing here and another there."""
    refused = refusal(with_entry(name))
    assert says in refused.detail
    assert refused.detail.isprintable()
    assert refused.extra["entry"] in refused.detail


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK], ids=lambda kind: f"{kind:o}"
)
@pytest.mark.parametrize("system", [0, 3])
def test_links_and_devices_are_refused(kind: int, system: int) -> None:
    """A link would make the service read its own files to an instructor."""
    content = with_entry("scale/compare.py", b"/etc/passwd", external_attr=(kind | 0o777) << 16, create_system=system)
    assert "scale/compare.py: it is a link" in refusal(content).detail


def test_a_folder_that_says_it_is_a_file_is_refused() -> None:
    """Name and kind would disagree on what is unpacked."""
    for name, kind in (("scale/compare.py", stat.S_IFDIR), ("scale/submissions/", stat.S_IFREG)):
        assert "other way round" in refusal(with_entry(name, b"", external_attr=(kind | 0o755) << 16)).detail


@pytest.mark.parametrize("bit", [0x1, 0x40, 0x2000])
def test_encrypted_entries_are_refused(bit: int) -> None:
    """An author who packs with a password would get a message of a library."""
    content = patched(packed(folder()), _CENTRAL, 2, 8, struct.pack("<H", bit))
    refused = refusal(content)
    assert "encrypted" in refused.detail
    assert refused.extra["entry"] == [*folder()][2]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 9, 99])
def test_unusual_compression_is_refused(method: int) -> None:
    """A method whose output is not bounded could fill the memory; one that is unknown would end in a traceback."""
    content = patched(packed(folder()), _CENTRAL, 1, 10, struct.pack("<H", method))
    assert "unusual way" in refusal(content).detail


def test_too_many_entries_are_refused_before_they_are_read() -> None:
    """A few megabytes of empty entries would take hundreds of memory."""
    assert "1000 entries" in refusal(packed({str(number): "" for number in range(MOST_ENTRIES + 1)})).detail
    most = {f"scale/{number}": "" for number in range(MOST_ENTRIES - len(FILES))}
    assert len(unpack(packed(folder() | most)).files) == len(FILES)


def test_a_file_that_is_too_long_is_refused() -> None:
    """One file could take as much memory as it likes."""
    assert unpack(packed(folder() | {"scale/compare.py": b"#" * MAX_FILE})).files["compare.py"] == b"#" * MAX_FILE
    refused = refusal(packed(folder() | {"scale/compare.py": b"#" * (MAX_FILE + 1)}))
    assert "compare.py: the file is longer than 256 KiB" in refused.detail


def test_files_that_are_too_long_together_are_refused() -> None:
    """Hundreds of files that are not too long would be."""
    count = MOST_BYTES // MAX_FILE
    many = {f"scale/submissions/accepted/a{number}.py": b"#" * MAX_FILE for number in range(count)}
    assert "8 MiB together" in refusal(packed(folder() | many)).detail


def test_what_does_not_belong_is_never_inflated() -> None:
    """A bomb under another name would be unpacked only to be found fault with."""
    content = packed(folder() | {"scale/bomb.bin": bytes(64 << 20)})
    tracemalloc.start()
    unpacked = unpack(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [finding.file for finding in unpacked.findings] == ["bomb.bin"]
    assert most < 8 << 20


def test_more_than_an_entry_declares_is_never_inflated() -> None:
    """A bomb declares little: what counts is what comes out."""
    content = packed({"scale/compare.py": bytes(64 << 20)} | folder())
    small = struct.pack("<I", 100)
    content = patched(patched(content, _CENTRAL, 0, 24, small), _LOCAL, 0, 22, small)
    tracemalloc.start()
    refused = refusal(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refused.extra["entry"] == "scale/compare.py"
    assert most < 8 << 20


def test_less_than_an_entry_declares_is_refused() -> None:
    """An entry would have two sizes."""
    large = struct.pack("<I", 5000)
    content = patched(packed({"scale/compare.py": "x"} | folder()), _CENTRAL, 0, 24, large)
    assert "another size" in refusal(content).detail


def test_entries_that_share_bytes_are_refused() -> None:
    """Overlapping entries make a bomb of any size out of one kernel (Fifield, 2019)."""
    content = packed({"scale/compare.py": "x" * 1000} | folder())
    second = content.index(_CENTRAL, content.index(_CENTRAL) + 1)
    content = content[: second + 42] + struct.pack("<I", 0) + content[second + 46 :]
    refused = refusal(content)
    assert "overlaps" in refused.detail
    longer = patched(packed(folder()), _CENTRAL, 0, 20, struct.pack("<I", 10_000))
    assert "overlaps" in refusal(longer).detail


def test_a_damaged_file_is_refused_by_its_name() -> None:
    """An author would not know which file was hurt on the way."""
    content = packed(folder(), zipfile.ZIP_STORED)
    hurt = content.replace(b"Scaling twice.", b"Scaling thrice", 1)
    assert refusal(hurt).extra["entry"] == "scale/statement.md"
    other = patched(content, _LOCAL, 1, 30, b"X")
    assert "damaged" in refusal(other).detail


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"not a zip" * 100, b"\x1f\x8b\x08" * 50])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    """Garbage would end in a fault of ours."""
    refused = refusal(content)
    assert "archive" in refused.detail
    assert "ack" in refused.detail


def test_an_archive_without_a_problem_is_refused() -> None:
    """Whoever packs one folder too high would be shown everything in it as a fault."""
    assert "problem.toml" in refusal(packed({"problems/scale/problem.toml": "x"})).detail
    assert "problem.toml" in refusal(packed(folder() | folder("other/"))).detail


def test_the_name_is_the_folders_or_asked_for() -> None:
    """A problem would be published under a name that no function can have."""
    assert "?slug=" in refusal(packed(folder(""))).detail
    assert "'Bad-Name' cannot be" in refusal(packed(folder("Bad-Name/"))).detail
    assert "cannot be" in refusal(packed(folder()), "class").detail
    assert "cannot be" in refusal(packed(folder()), "").detail or "?slug=" in refusal(packed(folder()), "").detail
    assert unpack(packed(folder("Bad-Name/")), "good_name").slug == "good_name"


def held(content: bytes) -> None:
    """What holds for any archive: it is refused with an entry or a reason, or comes back within its bounds."""
    try:
        unpacked = unpack(content, "scale")
    except ArchiveRefused as error:
        said = error.detail
    else:
        said = ""
        assert sum(map(len, unpacked.files.values())) <= MOST_BYTES
        assert all(len(text) <= MAX_FILE for text in unpacked.files.values())
        assert len(unpacked.findings) <= MAX_STRAYS + 2
    assert said.isprintable()
    assert len(said) < 1000


@given(st.binary(max_size=200), st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_answered(before: bytes, after: bytes) -> None:
    """Some bytes would be a fault of ours."""
    held(before)
    held(before + packed(folder()) + after)


@given(st.integers(0, 2**32), st.integers(1, 12), st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
@settings(max_examples=500, deadline=None)
def test_any_damage_is_answered(seed: int, changes: int, method: int) -> None:
    """A damaged or forged header would be a fault of ours."""
    draw = random.Random(seed)
    content = bytearray(packed(folder(), method))
    headers = [at for at in range(len(content) - 4) if content[at : at + 2] == b"PK"]
    for _ in range(changes):
        at = draw.choice(headers) + draw.randrange(48) if draw.random() < 0.8 else draw.randrange(len(content))
        if at < len(content):
            content[at] = draw.choice([0, 1, 0x20, 0x7F, 0xFF, draw.randrange(256)])
    held(bytes(content))


@given(st.text(max_size=40), st.integers(0, 2**32 - 1))
@settings(max_examples=300, deadline=None)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_any_name_and_kind_is_answered(name: str, attributes: int) -> None:
    """A name that nobody thought of would be a fault of ours, or a file where none belongs."""
    try:
        content = with_entry(name, external_attr=attributes)
    except (UnicodeEncodeError, ValueError):  # nobody can pack it
        return
    held(content)
