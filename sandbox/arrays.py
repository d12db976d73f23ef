"""The one array format of pipes, blobs and tests: a JSON header and contiguous little-endian bytes.

The header lists dtype and shape of every array; the bytes follow in C order without padding. ``npz`` loses bfloat16
and safetensors' NumPy API refuses several dtypes and corrupts Fortran-ordered arrays, so neither is used. Invariant:
``unpack`` checks every size against the bytes that are there before it makes an array, and raises nothing but
``ArrayFormatError``.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from sandbox.tree import DTYPES, MAX_LEAVES, MAX_RANK

Array = np.ndarray[Any, np.dtype[Any]]

_MAGIC = b"allclose-arrays-1\n"
#: Bytes that NumPy lets an array span; it counts an axis of length 0 as 1 and refuses more.
_MAX_SPAN = 2**63


class ArrayFormatError(ValueError):
    """Bytes that are not a record of arrays."""


def dtype_name(dtype: np.dtype[Any]) -> str:
    """The name under which a dtype travels.

    Raises:
        ArrayFormatError: the dtype has no name here (objects, strings, dates).
    """
    name = dtype.name
    if DTYPES.get(name) != dtype.newbyteorder("="):
        raise ArrayFormatError(f"arrays of dtype {dtype} cannot be stored")
    return name


def pack(arrays: Sequence[Array]) -> tuple[list[dict[str, Any]], bytes]:
    """Header entries and bytes of ``arrays``; any order or byte order of input, C order little-endian out."""
    entries, parts = [], []
    for array in arrays:
        name = dtype_name(array.dtype)
        entries.append({"dtype": name, "shape": list(array.shape)})
        parts.append(array.astype(DTYPES[name].newbyteorder("<"), copy=False).tobytes(order="C"))
    return entries, b"".join(parts)


def unpack(entries: object, body: bytes) -> list[Array]:
    """The arrays of a record that may come from a hostile process; they are read-only views of ``body``.

    Raises:
        ArrayFormatError: a malformed entry, sizes that do not add up to exactly ``len(body)``, or a truth value that is
            neither 0 nor 1, for which NumPy's operations disagree with each other.
    """
    if not isinstance(entries, list) or len(entries) > MAX_LEAVES:
        raise ArrayFormatError("the header must list at most 4096 arrays")
    arrays, offset = [], 0
    for entry in entries:
        dtype, shape = _entry(entry)
        count = math.prod(shape)
        end = offset + count * dtype.itemsize
        if end > len(body):
            raise ArrayFormatError("an array is longer than the bytes that follow")
        if dtype == np.bool_ and body[offset:end].strip(b"\0\1"):
            raise ArrayFormatError("a truth value is neither 0 nor 1")
        flat = np.frombuffer(body, dtype.newbyteorder("<"), count, offset)
        arrays.append(flat.astype(dtype, copy=False).reshape(shape))
        offset = end
    if offset != len(body):
        raise ArrayFormatError("there are bytes left after the last array")
    return arrays


def _entry(entry: object) -> tuple[np.dtype[Any], tuple[int, ...]]:
    if not isinstance(entry, dict):
        raise ArrayFormatError("an array entry must be an object")
    name, shape = entry.get("dtype"), entry.get("shape")
    if not isinstance(name, str) or name not in DTYPES:
        raise ArrayFormatError("unknown dtype")
    if not isinstance(shape, list) or len(shape) > MAX_RANK:
        raise ArrayFormatError("malformed shape")
    if not all(type(size) is int and 0 <= size < 2**48 for size in shape):
        raise ArrayFormatError("malformed shape")
    if math.prod(size or 1 for size in shape) * DTYPES[name].itemsize >= _MAX_SPAN:
        raise ArrayFormatError("the shape is too large")
    return DTYPES[name], tuple(shape)


def dumps(arrays: Sequence[Array]) -> bytes:
    """One self-contained blob of ``arrays``, for storage; ``loads`` is its inverse."""
    entries, body = pack(arrays)
    header = json.dumps(entries, separators=(",", ":")).encode()
    return _MAGIC + len(header).to_bytes(8, "little") + header + body


def loads(blob: bytes) -> list[Array]:
    """The arrays of a blob made by ``dumps``.

    Raises:
        ArrayFormatError: not such a blob.
    """
    start = len(_MAGIC) + 8
    if blob[: len(_MAGIC)] != _MAGIC or len(blob) < start:
        raise ArrayFormatError("not a record of arrays")
    length = int.from_bytes(blob[len(_MAGIC) : start], "little")
    try:
        entries = json.loads(blob[start : start + length])
    except (ValueError, RecursionError) as error:
        raise ArrayFormatError("the header is not JSON") from error
    return unpack(entries, blob[start + length :])


def digest(arrays: Sequence[Array]) -> str:
    """SHA-256 of the arrays' blob, in hexadecimal: equal for equal dtypes, shapes and bits."""
    return hashlib.sha256(dumps(arrays)).hexdigest()
