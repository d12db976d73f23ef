"""What pages say: the messages of ``strings/en.ftl``, by their ids.

Invariant: a page says nothing in words that stand elsewhere, so that one file can be translated; a message that is
missing, or lacks a value, is a fault of ours and no gap in a page.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

from app.web.text import isolated

FILE = Path(__file__).with_name("strings") / "en.ftl"


def t(message_id: str, /, **values: str | int) -> str:
    """The message of this id. Text among ``values`` may be anybody's and is shown as such, but for our enumerations.

    Raises:
        LookupError: there is no such message, or it asks for other values.
    """
    message = _bundle().get_message(message_id)
    if message.value is None:
        raise LookupError(message_id)
    shown = {name: _shown(value) for name, value in values.items()}
    text, errors = _bundle().format_pattern(message.value, shown)
    if errors:
        raise LookupError(f"{message_id}: {errors}")
    return str(text)


def is_known(message_id: str) -> bool:
    """Whether there is such a message."""
    return _bundle().has_message(message_id)


def _shown(value: str | int) -> str | int:
    if isinstance(value, StrEnum):
        return value.value  # a message may choose its words by it
    return isolated(value) if isinstance(value, str) else value


@cache
def _bundle() -> FluentBundle:
    # Values that are text are isolated above; numbers need not be.
    bundle = FluentBundle(["en"], use_isolating=False)
    bundle.add_resource(FluentResource(FILE.read_text(encoding="utf-8")))
    return bundle
