"""Publications that earlier commands made, in the user's cache directory: publishing takes longer than grading.

Invariant: what is taken from there is whole and was made of this very folder by this very toolchain in this format;
anything else, and a directory that cannot be used, is as if it were not there.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import replace

import numpy as np
import platformdirs

from app import logs
from app.database.outputs import DiskCache
from app.problems.model import Problem
from app.problems.published import Published, loads, toolchain_digest
from app.problems.publishing.publish import publish
from app.settings import Settings
from sandbox.jobs import Sandbox

_FOLDER = "publications"


def publication(problem: Problem, sandbox: Sandbox, settings: Settings) -> Published:
    """The problem's publication, made now unless it was before; ``ALLCLOSE_CACHE_MB=0`` makes it every time.

    Raises:
        PublishFailed: the author's code is at fault.
        SandboxUnavailable: ours is.
    """
    cache = _opened(settings)
    if cache is None:
        return publish(problem, sandbox)
    key = hashlib.sha256(
        f"{problem.slug}\0{problem.sha256}\0{toolchain_digest(sandbox.describe(), problem.device)}".encode()
    ).hexdigest()
    with suppress(ValueError, KeyError, TypeError):  # of another release, in spite of its key
        found = cache.get(key)
        if found is not None:
            return replace(loads(found[0].tobytes()), problem=problem)
    published = publish(problem, sandbox)
    cache.put(key, [np.frombuffer(published.dumps(), np.uint8)])
    return published


def _opened(settings: Settings) -> DiskCache | None:
    """The cache, or None if it is not wanted or its folder is not there to be used."""
    if not settings.cache_mb:
        return None
    folder = platformdirs.user_cache_path("allclose", appauthor=False) / _FOLDER
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            logs.configure()  # of damaged entries, on standard error
            return DiskCache(folder, settings.cache_mb << 20)
    return None
