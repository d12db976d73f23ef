"""What a provider says about somebody: how they are called, which role they have, whether they may come in.

Invariant: nothing here decides who somebody is; that is the subject's part alone. What a claim is made of is checked,
for a provider passes on what people have typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.accounts.rights import Role
from app.errors import SignInRefused
from app.oidc.options import Options

#: Claims that may hold a name, best first (OpenID Connect Core 1.0, section 5.1).
NAMES = ("preferred_username", "nickname", "name", "given_name")

#: Longest name that is made of a claim, so that a number fits behind it.
_LONGEST = 58
_ODD = re.compile(r"[^\w.-]+|[\u115f\u1160\u3164\uffa0]+")
_ENDS = "._-"


@dataclass(frozen=True)
class Person:
    """Somebody at the provider.

    Attributes:
        subject: 1 to 255 characters of ASCII, theirs alone and for good.
        claims: what else the provider says, unchecked.
    """

    subject: str
    claims: Mapping[str, Any]

    @property
    def called(self) -> str:
        """What the provider calls them, at most 100 characters; empty if it does not."""
        given = (self.claims.get(claim) for claim in NAMES)
        return next((name.strip()[:100] for name in given if isinstance(name, str) and name.strip()), "")


def account_name(called: str) -> str:
    """A name that an account can have, as near as possible to what somebody is called."""
    # A mail address is a name to many providers, but nobody else's business here.
    plain = unicodedata.normalize("NFKC", called.partition("@")[0])
    plain = _ODD.sub("-", plain).strip(_ENDS)
    return plain[:_LONGEST].strip(_ENDS) or "user"


def role(options: Options, person: Person) -> Role | None:
    """The highest role that the provider gives somebody, a learner's if it gives none; None if admins do."""
    if not options.roles:
        return None
    found = _find(person.claims, options.role_claim)
    values = found if isinstance(found, list) else [found]
    given = {options.roles[value] for value in values if isinstance(value, str) and value in options.roles}
    return next((each for each in reversed(Role) if each in given), Role.LEARNER)


def check_domain(options: Options, person: Person) -> None:
    """Return if somebody may come in by their mail address.

    Raises:
        SignInRefused: they have none that the provider has verified, in none of the domains.
    """
    if not options.mail_domains:
        return
    email = person.claims.get("email")
    local, _, domain = email.rpartition("@") if isinstance(email, str) else ("", "", "")
    if not (local and domain.lower() in options.mail_domains and person.claims.get("email_verified") is True):
        allowed = ", ".join(sorted(options.mail_domains))
        raise SignInRefused(
            f"Only people with a mail address in {allowed} may sign in here, verified by {options.name}. Sign in there "
            "with another account, or ask an admin of this service."
        )


def missing(options: Options, claims: Mapping[str, Any]) -> bool:
    """Whether something is needed that these claims do not hold."""
    wanted = ["email", "email_verified"] if options.mail_domains else []
    unnamed = not any(claims.get(claim) for claim in NAMES)
    unknown = bool(options.roles) and _find(claims, options.role_claim) is None
    return unnamed or unknown or any(claim not in claims for claim in wanted)


def _find(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by a way into claims, such as ``realm_access.roles``; None if there is none."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found
