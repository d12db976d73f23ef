"""How the server logs: events named ``domain.action``, one line each, on standard error.

Invariant: standard output is for what a person must read (the address, the token). No password, token, code of a link,
mail address, source or hidden value is ever logged: people and sources are named by ids, requests by the template of
their route. A line about an attempt has its id as ``attempt``, one about a request has ``request``, because whoever
works on it has bound these before it does anything (``structlog.contextvars``).
"""

from __future__ import annotations

import logging
import sys
from typing import Literal, TextIO

import structlog

Style = Literal["auto", "json", "text"]


def configure(style: Style = "auto", stream: TextIO | None = None) -> None:
    """Log as JSON, or as text for people; ``auto`` is text on a terminal and JSON everywhere else.

    Libraries log through ``logging``; from a warning on, their lines become lines like ours.

    Args:
        style: of the lines.
        stream: where to; standard error if it is left out.
    """
    out = stream or sys.stderr
    terminal = out.isatty()
    common: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    # The libraries' own choice shows local variables in tracebacks: sources, hidden inputs, tokens.
    renderers: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(colors=terminal, exception_formatter=structlog.dev.plain_traceback)]
        if style == "text" or (style == "auto" and terminal)
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[*common, *renderers],
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*common, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
