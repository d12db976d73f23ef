"""How people come in and leave, whether over the API or by a page: signing up, in and out, one-time links, passwords.

Invariant: slow hashes are made outside of transactions, or nobody else could write meanwhile; what they took time to
compare is compared again before anything follows from it. Signing in tells nobody who has an account here; making one
does tell that a name is taken.
"""

from __future__ import annotations

from contextvars import copy_context
from dataclasses import dataclass

import structlog
from sqlalchemy import select

from app.accounts import links, mail, passwords, throttle
from app.accounts import service as accounts
from app.accounts.models import User
from app.accounts.rights import Actor, Role
from app.accounts.schemas import LinkDetail, NewPassword, SignIn, SignUp, UseOfLink
from app.audit import service as audit
from app.audit.service import Action, Subject
from app.errors import Forbidden, MailNotSet, NameRefused, SignUpClosed, WrongPassword
from app.service import Service

log = structlog.get_logger()


@dataclass(frozen=True)
class Arrival:
    """Somebody who has come in.

    Attributes:
        actor: who.
        code: of their session, which is readable only now.
    """

    actor: Actor
    code: str


def sign_up(running: Service, wanted: SignUp, host: str) -> Arrival:
    """Make a learner's account and sign in to it, for somebody at the address ``host``.

    Raises:
        SignUpClosed: accounts are not made like this here.
        TooManyFailures: too many were made from that address.
        NameRefused: see ``accounts.create``.
        NameTaken: likewise.
        PasswordRefused: see ``passwords.hashed``.
    """
    if running.settings.sign_up != "open":
        raise SignUpClosed(
            accounts.CLOSED
            if running.settings.sign_up == "closed"
            else "Accounts are made by invitation here. Ask an admin of this service for one."
        )
    with running.database.write() as session:
        throttle.take(session, [throttle.sign_up(host)])
    with running.database.read() as session:  # a refusal would undo the count of the transaction that it is in
        accounts.check_free(session, wanted.name, wanted.email)
    hashed = passwords.hashed(wanted.password, wanted.name)
    with running.database.write() as session:
        user = accounts.create(session, wanted.name, Role.LEARNER, hashed, wanted.email)
        code = accounts.sign_in(session, user.id, running.settings.session_days)
        actor = accounts.signed_in(session, code)
    log.info("account.made", user=user.id, by="sign-up")
    assert actor is not None
    return Arrival(actor, code)


def sign_in(running: Service, given: SignIn, host: str) -> Arrival:
    """Sign in with name and password. Failures for one account, and from one address, slow further ones down.

    Raises:
        TooManyFailures: there were too many.
        WrongPassword: no account has that name and that password.
    """
    owner, address = throttle.account(accounts.key(given.name)), throttle.address(host)
    with running.database.write() as session:
        throttle.take(session, [owner, address])
        user_id, known = accounts.credentials(session, given.name)
    code, actor = "", None
    if passwords.is_right(given.password, known) and user_id is not None and known is not None:
        stronger = passwords.hashed_anew(given.password, known)
        with running.database.write() as session:
            if accounts.has_password(session, user_id, known):
                throttle.give_back(session, owner, [address])
                accounts.renew(session, user_id, stronger)
                code = accounts.sign_in(session, user_id, running.settings.session_days)
                actor = accounts.signed_in(session, code)
    if actor is None:
        log.info("account.sign_in_failed", address=host)
        raise WrongPassword(
            "There is no account of that name with that password. Check both; capitals count in the latter."
        )
    return Arrival(actor, code)


def look_at_link(running: Service, code: str) -> LinkDetail:
    """What a one-time link does. Looking does not use it up.

    Raises:
        LinkNotFound: there is no such link, any more or at all.
    """
    with running.database.read() as session:
        link = links.find(session, code)
        role = None if link.role is None else Role(link.role)
        name = links.whose(session, link)
        return LinkDetail(purpose=link.purpose, name=name, role=role, expires_at=link.expires_at)


def use_link(running: Service, code: str, given: UseOfLink) -> Arrival:
    """Make the account that an invitation is for, or set the password that was forgotten; and sign in.

    Raises:
        LinkNotFound: there is no such link, any more or at all.
        SignUpClosed: it is an invitation, and no accounts are made here.
        NameRefused: see ``accounts.create``; or an invitation's account has no name.
        NameTaken: see ``accounts.create``.
        PasswordRefused: see ``passwords.hashed``.
        Forbidden: the password is set, but the account is disabled.
    """
    with running.database.read() as session:
        whose = links.whose(session, links.find(session, code))
        name = whose or given.name
        closed = whose is None and running.settings.sign_up == "closed" and accounts.has_admin(session)
    if closed:
        raise SignUpClosed(accounts.CLOSED)
    if name is None:
        raise NameRefused("An invitation makes an account. Send the name that it is to have.")
    hashed = passwords.hashed(given.password, name)
    with running.database.write() as session:
        user = links.use(session, code, name, hashed, given.email)
        purpose = "invitation" if whose is None else "reset"
        used = Subject("link", accounts.digest(code), purpose)
        audit.record(session, _oneself(user), Action.LINK_USED, used, role=user.role)
        session_code = accounts.sign_in(session, user.id, running.settings.session_days)
        actor = accounts.signed_in(session, session_code)
    log.info("link.used", user=user.id)
    if actor is None:
        raise Forbidden("The password is set, but the account is disabled. Ask an admin of this service.")
    return Arrival(actor, session_code)


def forget_password(running: Service, address: str) -> None:
    """Send a link to the account of this mail address, if there is one; the caller does not learn whether.

    Raises:
        MailNotSet: the service sends no mail.
    """
    if not running.settings.smtp_url:
        raise MailNotSet("This service sends no mail. Ask one of its admins for a link that sets a new password.")
    running.mailer.submit(copy_context().run, _mail_reset, running, address.lower())  # logged as this request


def change_password(running: Service, actor: Actor, wanted: NewPassword) -> None:
    """Change one's own password. Every other session ends; tokens stay.

    Raises:
        TooManyFailures: there were too many wrong ones.
        WrongPassword: the present one is wrong.
        PasswordRefused: see ``passwords.hashed``.
    """
    owner = throttle.account(accounts.key(actor.name))
    with running.database.write() as session:
        throttle.take(session, [owner])
        _, known = accounts.credentials(session, actor.name)
    if not passwords.is_right(wanted.current, known):
        raise WrongPassword("That is not your present password.")
    hashed = passwords.hashed(wanted.new, actor.name)
    with running.database.write() as session:
        if not accounts.has_password(session, actor.user_id, known):
            raise WrongPassword("The password was changed a moment ago, elsewhere. Try again.")
        throttle.give_back(session, owner)
        accounts.set_password(session, actor.user_id, hashed, keep=actor.session)
        audit.record(session, actor, Action.PASSWORD_CHANGED, Subject("user", actor.user_id, actor.name))


def _mail_reset(running: Service, address: str) -> None:
    with running.database.write() as session:
        user = session.scalars(select(User).where(User.email == address, User.disabled_at.is_(None))).one_or_none()
        due = user is not None and not links.was_mailed(session, user)
        code = links.reset(session, user, None) if due and user is not None else None
    if user is not None and code is not None:
        link = running.settings.public_url.rstrip("/") + links.PATH + code
        mail.send_reset(running.settings, address, user.name, link)


def _oneself(user: User) -> Actor:
    """Whoever has just been let in to an account, for the log."""
    return Actor(user.id, user.name, Role(user.role))
