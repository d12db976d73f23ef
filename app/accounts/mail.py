"""Mails that the service writes: links for forgotten passwords.

Invariant: whether an address is known shows neither in an answer nor in how long it takes, for mail is sent after it.
"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import structlog

from app.settings import Settings

log = structlog.get_logger()

_SECONDS = 20

_TEXT = """\
Somebody, probably you, has forgotten the password of the account {name} at {service}.

This link sets a new one. It works once, and for a day:

    {link}

If it was not you, leave it: without the link nothing changes.
"""


def send_reset(settings: Settings, to: str, name: str, link: str) -> None:
    """Send a link that sets the password of ``name``; a failure is logged, for its reader can ask again."""
    mail = EmailMessage()
    mail["Subject"] = "A new password for allclose"
    mail["From"], mail["To"] = settings.mail_from, to
    mail.set_content(_TEXT.format(name=name, service=settings.public_url, link=link))
    try:
        _send(settings.smtp_url, mail)
    except (OSError, smtplib.SMTPException) as error:
        log.error("mail.failed", error=type(error).__name__, why=_why(error))  # noqa: TRY400 - it may name addresses
    else:
        log.info("mail.sent", purpose="reset")


def _why(error: OSError) -> str:
    """Why a mail could not be sent, in words that name no address: a server's own often do."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the server answers {error.smtp_code}"
    return error.strerror or ""


def _is_here(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1")


def _send(address: str, mail: EmailMessage) -> None:
    """Deliver through a server at ``smtps://``, or ``smtp://`` with STARTTLS, which only this machine need not have."""
    server = urlsplit(address)
    context = ssl.create_default_context()
    host = server.hostname or ""
    if server.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, server.port or 465, timeout=_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(host, server.port or 587, timeout=_SECONDS)
    with connection:
        if server.scheme == "smtp" and not _is_here(host):
            connection.starttls(context=context)  # whoever could read the mail could set the password
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(mail)
