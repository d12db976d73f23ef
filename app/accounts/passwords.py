"""Passwords: which are taken, and how they are kept and recognised.

Invariant: a password leaves this module as an argon2id hash only, and recognising one takes as long whether or not
there is such an account. Parameters are those of argon2-cffi's default profile, the second recommendation of RFC 9106:
64 MiB, 3 passes, 4 lanes.
"""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import PasswordRefused

#: NIST SP 800-63B-4 (section 3.1.1.2) asks for 15 where a password is all there is, and for 8 beside a second factor.
#: What is behind it here is homework; sign-ins are throttled, and hashes slow.
SHORTEST = 10
LONGEST = 200
#: Fewer different characters make a repetition; names of fewer characters are in a password by chance.
_TELLING = 4

_hasher = PasswordHasher()
#: Hashes at a time: each takes 64 MiB, and a request per thread would take gigabytes.
_turns = threading.BoundedSemaphore(2)
#: Of 32 random bytes that nobody has kept, so that an unknown name takes as long as a wrong password.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$4s/uEr4UdyDZN1hCt9NAtg$8dspwlvEwEsoJ2oBRqdlfqzb5Q8bwZL7LappcpkbJg4"


def hashed(password: str, name: str) -> str:
    """The hash of a new password of the user ``name``.

    Raises:
        PasswordRefused: it is too short, too long, made of one character, or has the name in it.
    """
    if len(password) < SHORTEST:
        raise PasswordRefused(f"The password has {len(password)} characters. Take at least {SHORTEST}.")
    if len(password) > LONGEST:
        raise PasswordRefused(f"The password has {len(password):,} characters. Take at most {LONGEST}.")
    named = len(name) >= _TELLING and name.casefold() in password.casefold()
    if len(set(password)) < _TELLING or named:
        raise PasswordRefused("The password repeats itself, or has the user's name in it. Take another.")
    with _turns:
        return _hasher.hash(password)


def is_right(password: str, known: str | None) -> bool:
    """Whether ``known`` is the hash of ``password``; never where there is none."""
    try:
        with _turns:
            return _hasher.verify(known or _NOBODY, password[: LONGEST + 1]) and known is not None
    except (VerificationError, InvalidHashError):
        return False


def hashed_anew(password: str, known: str) -> str | None:
    """The hash of a password that is right, with today's parameters; None if ``known`` has those."""
    if not _hasher.check_needs_rehash(known):
        return None
    with _turns:
        return _hasher.hash(password)
