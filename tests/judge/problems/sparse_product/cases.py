import numpy as np


def _csr(rng, rows, columns, nonzero):
    row = np.sort(rng.integers(rows, size=nonzero))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=rows))]).astype(np.int32)
    data, x = rng.normal(size=nonzero).astype(np.float32), rng.normal(size=columns).astype(np.float32)
    return data, rng.integers(columns, size=nonzero).astype(np.int32), indptr, x


def public():
    data, x = np.array([1, 2, 3], np.float32), np.array([1, 10, 100], np.float32)
    return {"an_empty_row": (data, np.array([0, 2, 1], np.int32), np.array([0, 2, 2, 3], np.int32), x)}


def hidden(rng):
    return {"tall": _csr(rng, 9, 4, 15), "wide": _csr(rng, 3, 30, 40)}
