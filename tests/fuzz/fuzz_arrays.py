"""The array reader on hostile headers and bodies, and stored records with damage.

Invariant held: only ``ArrayFormatError`` is raised; what is read has the types announced and packs to the same bytes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sandbox import arrays
from sandbox.arrays import ArrayFormatError
from sandbox.tree import DTYPES
from tests.fuzz.source import Source, read_json

_NAMES = ("dtype", "shape", "extra")
_WORDS = (*DTYPES, "object", "key", "int4", "")


def seeds() -> list[bytes]:
    """Stored records of every dtype, and headers of the fuzzer's own making."""
    records = [arrays.dumps([np.zeros((2, 3), dtype), np.ones((), dtype)]) for dtype in DTYPES.values()]
    made = [b"\2" + bytes([count, *range(40)]) for count in range(4)]
    return [b"\0" + records[0], *[b"\0" + record for record in records], *made, b'\1[{"dtype":"int8","shape":[2]}]\0ab']


def one(fuzzed: bytes) -> None:
    """Read one record."""
    source = Source(fuzzed)
    match source.byte() % 4:
        case 0:
            _whole(source.rest())
        case 1:
            header, _, body = source.rest().partition(b"\0")
            _parts(read_json(header), body)
        case 2:
            _parts([_entry(source) for _ in range(source.byte() % 6)], source.rest())
        case _:
            _parts(source.value(_NAMES, _WORDS), source.rest())


def _entry(source: Source) -> Any:
    shape = [source.number() if source.byte() % 4 == 0 else source.byte() % 4 for _ in range(source.byte() % 35)]
    return {"dtype": source.choose(_WORDS), "shape": shape}


def _whole(blob: bytes) -> None:
    try:
        found = arrays.loads(blob)
    except ArrayFormatError:
        return
    assert [one.tobytes() for one in arrays.loads(arrays.dumps(found))] == [one.tobytes() for one in found]


def _parts(entries: Any, body: bytes) -> None:
    try:
        found = arrays.unpack(entries, body)
    except ArrayFormatError:
        return
    assert sum(array.nbytes for array in found) == len(body)
    written, again = arrays.pack(found)
    assert again == body, "other bytes come out than went in"
    assert written == [{"dtype": entry["dtype"], "shape": entry["shape"]} for entry in entries]
    for array in found:
        if array.dtype == np.bool_:
            assert array.sum() == (array == np.True_).sum() == np.count_nonzero(array)
