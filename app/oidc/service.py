"""Sign-ins that are on their way, and what follows when somebody has arrived.

Invariant: a sign-in is finished once, by the browser that began it and before it expires, on whichever server; and an
account opens to the issuer and the subject that it is bound to, never to a name or a mail address.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts import links
from app.accounts import service as accounts
from app.accounts.models import SignedIn, User
from app.accounts.rights import Actor, Role
from app.audit import service as audit
from app.audit.service import Action, Subject
from app.database.db import alone, new_id, now
from app.errors import (
    Forbidden,
    IdentityTaken,
    LastAdmin,
    LastWayIn,
    NameTaken,
    SignInStale,
    SignUpClosed,
    Unauthenticated,
)
from app.oidc import claims
from app.oidc.claims import Person
from app.oidc.models import Flow, Identity
from app.oidc.options import Options
from app.oidc.provider import Begun

#: How long somebody may take at the provider.
MINUTES = 10
#: Names that are tried before one is made up.
_TRIES = 50

_AGAIN = "Sign in again, in one window, and within ten minutes."


@dataclass(frozen=True)
class Arrived:
    """Who has come in.

    Attributes:
        user_id: of their account.
        made: whether that was made just now.
        taken: the name that they would have had if it were not somebody else's; None if it was free.
    """

    user_id: str
    made: bool
    taken: str | None


@dataclass(frozen=True)
class Returned:
    """A sign-in whose browser has come back; see ``Flow``."""

    nonce: str
    verifier: str
    target: str
    invitation: str | None
    session: str | None


def note(session: Session, begun: Begun, target: str, invitation: str | None, signed_in: str | None) -> str:
    """Note that a browser is on its way; returns what its cookie has to hold.

    Args:
        session: to write to.
        begun: see ``Provider.depart``.
        target: where it goes in the end, below the service's address.
        invitation: code of an invitation that makes the account, if there is none.
        signed_in: SHA-256 of the session whose account is to be linked; None for signing in.
    """
    session.execute(delete(Flow).where(Flow.expires_at <= now()))
    browser = accounts.new_code()
    flow = Flow(
        state=accounts.digest(begun.state),
        browser=accounts.digest(browser),
        nonce=begun.nonce,
        verifier=begun.verifier,
        target=target,
        invitation=None if invitation is None else accounts.digest(invitation),
        session=signed_in,
        expires_at=now() + timedelta(minutes=MINUTES),
    )
    session.add(flow)
    return browser


def take(session: Session, state: str | None, browser: str | None) -> Returned:
    """The sign-in that a browser comes back from; nobody can take it again.

    Raises:
        SignInStale: there is none, any more or at all, or another browser began it.
    """
    if state is None or browser is None:
        raise SignInStale(f"Your browser has come back from a sign-in that it did not begin. {_AGAIN}")
    mine = (Flow.state == accounts.digest(state)) & (Flow.browser == accounts.digest(browser))
    columns = (Flow.nonce, Flow.verifier, Flow.target, Flow.invitation, Flow.session)
    row = session.execute(delete(Flow).where(mine, Flow.expires_at > now()).returning(*columns)).one_or_none()
    if row is None:
        raise SignInStale(f"This sign-in is finished, took too long, or began elsewhere. {_AGAIN}")
    return Returned(*row)


def arrive(session: Session, options: Options, person: Person, invitation: str | None) -> Arrived:
    """The account of somebody who has signed in at the provider, made if it is missing and may be.

    Raises:
        Forbidden: it is disabled.
        LinkNotFound: the invitation does not work any more.
        SignInRefused: see ``claims.check_domain``.
        SignUpClosed: they have none, and nobody makes one for them.
    """
    claims.check_domain(options, person)
    if invitation is not None:
        alone(session, "one-time links")  # in the order in which whoever uses one with a password waits
    alone(session, "accounts")
    identity, taken = session.get(Identity, (options.issuer, person.subject)), None
    made = identity is None
    if identity is None:
        role = _role_of_newcomer(session, options, invitation)
        user, taken = _create(session, claims.account_name(person.called), role)
        identity = _bind(session, options, person, user.id, linked=False)
        if invitation is not None:
            used = Subject("link", invitation, "invitation")
            audit.record(session, _themselves(user), Action.LINK_USED, used, role=user.role)
    else:
        user = session.get_one(User, identity.user_id)
    if user.disabled_at is not None:
        raise Forbidden(f"Your account here, {user.name}, is disabled. Ask an admin of this service.")
    identity.last_used_at = now()
    _follow(session, options, person, user)
    return Arrived(user.id, made, taken)


def link(session: Session, options: Options, person: Person, signed_in: str) -> str:
    """Let somebody who is signed in be known by their identity at the provider; returns their user's id.

    Raises:
        IdentityTaken: it opens another account, or their account has another identity there.
        SignInRefused: see ``claims.check_domain``.
        Unauthenticated: the session has ended meanwhile.
    """
    claims.check_domain(options, person)
    alone(session, "accounts")
    row = session.get(SignedIn, signed_in)
    if row is None or row.expires_at <= now():
        raise Unauthenticated("You were signed out meanwhile. Sign in, and link your account again.")
    identity = session.get(Identity, (options.issuer, person.subject))
    if identity is not None:
        if identity.user_id != row.user_id:
            raise IdentityTaken(
                f"Who you are at {options.name} opens another account here. Sign in with it, and unlink it there."
            )
        return row.user_id
    others = select(Identity.subject).where(Identity.user_id == row.user_id, Identity.issuer == options.issuer)
    if session.scalars(others).first() is not None:
        raise IdentityTaken(f"Your account is linked to somebody else at {options.name}. Unlink it first.")
    _bind(session, options, person, row.user_id, linked=True)
    user = session.get_one(User, row.user_id)
    audit.record(session, _themselves(user), Action.IDENTITY_LINKED, audit.user(user), at=options.name)
    return row.user_id


def of_user(session: Session, user_id: str) -> Sequence[Identity]:
    """Whom an account is bound to, the first first."""
    query = select(Identity).where(Identity.user_id == user_id)
    return session.scalars(query.order_by(Identity.created_at, Identity.issuer)).all()


def unlink(session: Session, user_id: str) -> None:
    """Let nobody at a provider open an account any more.

    Raises:
        LastWayIn: it has no password.
    """
    alone(session, "accounts")
    if session.get_one(User, user_id).password_hash is None:
        raise LastWayIn(
            "Your account has no password, so nothing would open it. Ask an admin for a link that sets one."
        )
    session.execute(delete(Identity).where(Identity.user_id == user_id))
    user = session.get_one(User, user_id)
    audit.record(session, _themselves(user), Action.IDENTITY_UNLINKED, audit.user(user))


def _bind(session: Session, options: Options, person: Person, user_id: str, *, linked: bool) -> Identity:
    identity = Identity(
        issuer=options.issuer, subject=person.subject, user_id=user_id, linked=linked, called=person.called
    )
    session.add(identity)
    session.flush()
    return identity


def _role_of_newcomer(session: Session, options: Options, invitation: str | None) -> Role:
    """The role of an account that may be made; an invitation that it takes is used up."""
    if options.sign_up == "closed" and accounts.has_admin(session):
        raise SignUpClosed(f"You have no account here, and people from {options.name} get none by themselves.")
    if invitation is not None:
        return links.spend(session, invitation)
    if options.sign_up == "open":
        return Role.LEARNER
    raise SignUpClosed(
        f"You have no account here. If you have one with a password, sign in with that and link it to {options.name}; "
        "otherwise ask an admin of this service for an invitation."
    )


def _create(session: Session, wanted: str, role: Role) -> tuple[User, str | None]:
    """An account of that name, or of one like it; and the name, if it was somebody else's."""
    for number in range(1, _TRIES):
        with suppress(NameTaken):
            name = wanted if number == 1 else f"{wanted}-{number}"
            return accounts.create(session, name, role, None), None if number == 1 else wanted
    return accounts.create(session, f"user-{new_id()}", role, None), wanted


def _follow(session: Session, options: Options, person: Person, user: User) -> None:
    """Give a user the role that the provider says, where it decides on roles."""
    role = claims.role(options, person)
    if role is None or (user.role == Role.ADMIN and not options.admins):
        return
    before = user.role
    with suppress(LastAdmin):  # somebody has to be left
        accounts.change(session, user.name, role, disabled=None)
        if role != before:
            told = {"role_before": before, "role": str(role), "by": options.name}
            audit.record(session, _themselves(user), Action.USER_CHANGED, audit.user(user), **told)


def _themselves(user: User) -> Actor:
    """Whoever has just come from the provider, for the log."""
    return Actor(user.id, user.name, Role(user.role))
