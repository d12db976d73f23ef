"""Secrets and signatures of Standard Webhooks (https://www.standardwebhooks.com, the specification's "v1" scheme).

Invariant: what is signed is the message's id, the moment of this try and the very bytes that are sent, so a receiver
can refuse what is old, repeated or changed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence

PREFIX = "whsec_"
#: Random bytes of a secret; the specification asks for 24 to 64.
_BYTES = 32


def new_secret() -> str:
    """A secret of 256 random bits, as receivers are given it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def headers(secrets_in_use: Sequence[str], message_id: str, seconds: int, body: bytes) -> Mapping[str, str]:
    """The three headers of a message.

    Args:
        secrets_in_use: newest first; each makes a signature, and a receiver needs to know one of them.
        message_id: the same for every try.
        seconds: of this try, since 1970 in UTC.
        body: as it is sent.
    """
    signed = f"{message_id}.{seconds}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets_in_use),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    return base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
