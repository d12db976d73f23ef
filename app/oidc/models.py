"""Tables of single sign-on: whom a provider's subject is here, and sign-ins that are on their way.

Invariant: an account is bound to an issuer and a subject, which a provider never gives to anybody else (OpenID Connect
Core 1.0, section 2), and to nothing else: names and mail addresses change hands. Of what is on its way only hashes are
kept, but for what the provider has to be told.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import SignedIn, User
from app.database.db import Base, now


class Identity(Base):
    """Somebody at a provider, and their account here.

    Attributes:
        issuer: the provider's own name for itself.
        subject: its name for them.
        user_id: whose account that opens.
        linked: whether somebody who was signed in added it to their account; otherwise it made the account.
        called: what the provider called them when the row was made.
    """

    __tablename__ = "oidc_identities"
    __table_args__ = (UniqueConstraint("user_id", "issuer"),)

    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    linked: Mapped[bool]
    called: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime | None]


class Flow(Base):
    """A sign-in that is on its way: its browser was sent to the provider and is not back yet.

    Attributes:
        state: SHA-256 of what the provider sends back along.
        browser: SHA-256 of what the cookie of that browser holds.
        nonce: what the provider's token has to repeat.
        verifier: what turns the provider's code into a token (PKCE, RFC 7636).
        target: where the browser goes afterwards, below the service's address.
        invitation: SHA-256 of an invitation's code, for whoever has no account yet.
        session: SHA-256 of the session whose user wants to be known by that identity; None for signing in.
    """

    __tablename__ = "oidc_flows"
    __table_args__ = (CheckConstraint("invitation IS NULL OR session IS NULL", name="purpose"),)

    state: Mapped[str] = mapped_column(primary_key=True)
    browser: Mapped[str]
    nonce: Mapped[str]
    verifier: Mapped[str]
    target: Mapped[str]
    invitation: Mapped[str | None]
    session: Mapped[str | None] = mapped_column(ForeignKey(SignedIn.sha256, ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
