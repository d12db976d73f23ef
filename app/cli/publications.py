"""Publications that earlier commands made, in the user's cache directory: publishing takes longer than grading.

Invariant: what is taken from there is whole and was made of this very folder by this very toolchain in this format;
anything else, and a directory that cannot be used, is as if it were not there.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import replace

import numpy as np

from app.cli import caches
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
    cache = caches.opened(settings, _FOLDER)
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
