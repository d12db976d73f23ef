"""How a command ends. Invariant: its exit status is that of its work, whatever becomes of its output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn

import typer

OUTPUT_CLOSED = 141


def end(work: Callable[[], int]) -> NoReturn:
    """Exit with the status of ``work``; Typer would turn a closed pipe into the status of a wrong answer."""
    try:
        status = work()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whoever read our output has had enough
        status = OUTPUT_CLOSED
    raise typer.Exit(status)
