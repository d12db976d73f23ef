"""Slows down whoever guesses passwords.

After some failures in a row for one account, or from one address, each further try has to wait, twice as long each
time. Invariant: a pause is never so long that somebody could lock out another user for good, and a right password ends
it only for that account: an address that guesses does not become innocent by having an account of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import FailedSignIns
from app.database.db import now
from app.errors import TooManyFailures

#: After so long without a failure earlier ones are forgotten.
_FORGOTTEN = timedelta(hours=1)


@dataclass(frozen=True)
class Guessed:
    """What failures are counted for.

    Attributes:
        key: unique among accounts and addresses.
        free: failures without a pause.
        longest: seconds.
    """

    key: str
    free: int
    longest: int


def account(name_key: str) -> Guessed:
    """One account: a few slips are free, and its owner waits half a minute at most."""
    return Guessed(f"account {name_key}", 5, 30)


def address(host: str) -> Guessed:
    """One address, behind which may be a whole school."""
    return Guessed(f"address {host}", 50, 300)


def check(session: Session, guessed: Sequence[Guessed]) -> None:
    """Return if a try may be made now.

    Raises:
        TooManyFailures: it may not; it says for how many seconds.
    """
    for each in guessed:
        row = session.get(FailedSignIns, each.key)
        if row is None or row.count < each.free or now() - row.latest_at > _FORGOTTEN:
            continue
        pause = min(2.0 ** min(row.count - each.free, 30), each.longest)
        left = ceil((row.latest_at + timedelta(seconds=pause) - now()).total_seconds())
        if left > 0:
            raise TooManyFailures(left)


def failed(session: Session, guessed: Sequence[Guessed]) -> None:
    """Count a failure, and forget those that are old."""
    session.execute(delete(FailedSignIns).where(FailedSignIns.latest_at < now() - _FORGOTTEN))
    for each in guessed:
        row = session.scalars(select(FailedSignIns).where(FailedSignIns.key == each.key)).one_or_none()
        if row is None:
            session.add(FailedSignIns(key=each.key, count=1, latest_at=now()))
        else:
            row.count, row.latest_at = row.count + 1, now()


def succeeded(session: Session, guessed: Guessed) -> None:
    """Forget what failed for an account whose owner has signed in."""
    session.execute(delete(FailedSignIns).where(FailedSignIns.key == guessed.key))
