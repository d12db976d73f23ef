"""What commands keep for later ones, in the user's cache directory; deleting it loses nothing but time."""

from __future__ import annotations

import os
from contextlib import suppress

import platformdirs

from app import logs
from app.database.outputs import DiskCache
from app.settings import Settings


def opened(settings: Settings, name: str) -> DiskCache | None:
    """The cache of this name, or None if none is wanted or its folder is not there to be used."""
    if not settings.cache_mb:
        return None
    folder = platformdirs.user_cache_path("allclose", appauthor=False) / name
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            logs.configure()  # of damaged entries, on standard error
            return DiskCache(folder, settings.cache_mb << 20)
    return None
