"""Conditional requests (RFC 9110, section 13): what a client has or knows, by its tag.

Invariant: a tag is made of everything that decides what an answer says, so an equal one stands for an equal answer.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import Header

from app.errors import Changed

#: Tags of what a client has.
Known = Annotated[str | None, Header(alias="If-None-Match", description="The ETag of an earlier answer.")]
#: Tags of what a change is meant for.
Meant = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag of what you have seen: refused with 412 if it has changed since."),
]


def tag(*told: object) -> str:
    """The strong tag of an answer that is decided by ``told``, whose ``repr`` must say all of it."""
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'


def is_known(known: str | None, present: str) -> bool:
    """Whether a client has the answer of this tag."""
    named = _named(known)
    return "*" in named or present in {each.removeprefix("W/") for each in named}


def check_meant(meant: str | None, present: str | None) -> None:
    """Return if a change is meant for what is there: ``present`` is its tag, None if nothing is.

    Raises:
        Changed: it is meant for something else.
    """
    named = _named(meant)
    if not named or present in named or ("*" in named and present is not None):
        return
    if present is None:
        raise Changed("It is not served any more, or not yet, so nothing was done. Leave If-Match out to publish it.")
    raise Changed(
        "It has changed since you looked, so nothing was done. GET it again, and send its new ETag if you still mean "
        "it."
    )


def _named(header: str | None) -> frozenset[str]:
    return frozenset(filter(None, (each.strip() for each in (header or "").split(","))))
