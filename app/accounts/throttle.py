"""Slows down whoever guesses passwords, or makes accounts.

After some failures for one account, or from one address, each further try has to wait, twice as long each time. Every
try is counted before it is looked at, so that many at once are not free, and given back if it was right. Invariant:
time forgives failures one by one, and no pause is longer than what it takes to forgive the one that caused it: so
nobody is locked out by somebody else who goes on guessing as slowly as they have to.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.models import FailedSignIns
from app.database.db import alone, now
from app.errors import TooManyFailures

#: Seconds after which one failure is forgiven, and the longest pause.
_FORGIVEN = 60.0
#: What is as old as this has been forgiven whatever its count.
_FORGOTTEN = timedelta(days=1)
_MOST = 1000.0


@dataclass(frozen=True)
class Guessed:
    """What failures are counted for.

    Attributes:
        key: unique among accounts and addresses.
        free: failures without a pause.
    """

    key: str
    free: int


def account(name_key: str) -> Guessed:
    """One account: a few slips are free."""
    return Guessed(f"account {name_key}", 5)


def address(host: str) -> Guessed:
    """Signing in from one address, behind which may be a whole school."""
    return Guessed(f"address {_network(host)}", 50)


def sign_up(host: str) -> Guessed:
    """Making accounts from one address."""
    return Guessed(f"sign-up {_network(host)}", 20)


def single_sign_on(host: str) -> Guessed:
    """Going to the provider from one address: whoever is on the way, and is not back yet."""
    return Guessed(f"single sign-on {_network(host)}", 100)


def _network(host: str) -> str:
    """An address; of IPv6 the network that one customer has."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))  # noqa: PLR2004


def take(session: Session, guessed: Sequence[Guessed]) -> None:
    """Count a try that may be made now.

    Raises:
        TooManyFailures: it may not; it says for how many seconds.
    """
    alone(session, "failed sign-ins")
    forget(session)
    rows = [session.get(FailedSignIns, each.key) for each in guessed]
    for each, row in zip(guessed, rows, strict=True):
        if row is not None and (over := ceil(_left(row)) - each.free) >= 0:
            pause = min(2.0 ** min(over, 30), _FORGIVEN)
            wait = ceil((row.latest_at + timedelta(seconds=pause) - now()).total_seconds())
            if wait > 0:
                raise TooManyFailures(wait)
    for each, row in zip(guessed, rows, strict=True):
        if row is None:
            session.add(FailedSignIns(key=each.key, count=1.0, latest_at=now()))
        else:
            row.count, row.latest_at = min(_left(row) + 1.0, _MOST), now()
    session.flush()


def forget(session: Session) -> None:
    """Drop failures that have been forgiven."""
    session.execute(delete(FailedSignIns).where(FailedSignIns.latest_at < now() - _FORGOTTEN))


def give_back(session: Session, owner: Guessed, others: Sequence[Guessed] = ()) -> None:
    """Forget what failed for an account whose owner has signed in, and one try of ``others``."""
    alone(session, "failed sign-ins")
    session.execute(delete(FailedSignIns).where(FailedSignIns.key == owner.key))
    forgive(session, others)


def forgive(session: Session, guessed: Sequence[Guessed]) -> None:
    """Forget one try of each."""
    alone(session, "failed sign-ins")
    for each in guessed:
        if (row := session.get(FailedSignIns, each.key)) is not None:
            row.count = max(row.count - 1.0, 0.0)


def _left(row: FailedSignIns) -> float:
    """Failures that time has not forgiven yet."""
    return max(row.count - (now() - row.latest_at).total_seconds() / _FORGIVEN, 0.0)
