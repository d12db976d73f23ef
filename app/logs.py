"""How the server logs: events named ``domain.action``, one line each, on standard error.

Invariant: standard output is for what a person must read (the address, the token); a token is never logged, and sources
are named by their attempt's id.
"""

from __future__ import annotations

import sys

import structlog


def configure() -> None:
    """Lines for people on a terminal, JSON everywhere else."""
    terminal = sys.stderr.isatty()
    # The libraries' own choice shows local variables in tracebacks: sources, hidden inputs, tokens.
    renderers: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
        if terminal
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *renderers,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
