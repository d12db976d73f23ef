"""Settings for commands: a malformed one is a usage error."""

from __future__ import annotations

import sys
from typing import Any

import typer

from app.settings import Settings, SettingsInvalid, load_settings

USAGE = 2


def settings(**overrides: Any) -> Settings:
    """The settings of this process, or exit with a message that names what is wrong."""
    try:
        return load_settings(**overrides)
    except SettingsInvalid as error:
        print(f"allclose: {error}", file=sys.stderr)
        raise typer.Exit(USAGE) from error
