"""Talks to the OpenID Connect provider: where browsers go, and what the code that they bring back is worth.

Authlib does the protocol: authorization code flow with PKCE (S256), state, nonce, and the token's signature, issuer,
audience and times. Invariant: whatever a provider answers, or does not, ends as a ``Person`` or as one of our errors
within ``_SECONDS``; no thread waits for it, nothing of it is taken over unchecked, and nothing is remembered, so that a
provider that changes its keys is believed at once.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client.apps import StarletteOAuth2App
from joserfc.errors import ClaimError, ExpiredTokenError
from pydantic import BaseModel, ConfigDict

from app.errors import ProviderDown, ProviderFault, ServiceError, SignInStale
from app.oidc import claims
from app.oidc.claims import Person
from app.oidc.options import Options, is_safe

log = structlog.get_logger()

#: For one conversation, of up to four requests.
_SECONDS = 10.0
#: How far the provider's clock may be from ours, in seconds.
_SKEW = 120
#: Conversations at a time; each is a few sockets and up to some hundred kilobytes.
_MOST = 100
#: Longest answer, in bytes.
_LONGEST = 256 << 10
#: Signatures that nobody can make who can check them. HS256 and ``none`` are left out on purpose.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
#: Longest subject (OpenID Connect Core 1.0, section 2).
_SUBJECT = 255

_ITS_LOG = "tell an admin of this service; its log says more."
_TELL = _ITS_LOG.capitalize()


@dataclass(frozen=True)
class Begun:
    """Where a browser goes to sign in, and what has to be known when it comes back."""

    url: str
    state: str
    nonce: str
    verifier: str


class _Metadata(BaseModel):
    """What is taken of a discovery document. Authlib would hand every key of it to its HTTP client as an option."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    id_token_signing_alg_values_supported: list[str] = ["RS256"]
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]
    authorization_response_iss_parameter_supported: bool = False


class Provider:
    """The provider that the operator chose."""

    def __init__(self, options: Options) -> None:
        """Prepare to talk to it; nothing is asked yet."""
        self.options = options
        self._tls = ssl.create_default_context()  # reading the certificates of this machine takes a while
        self._talking = 0

    async def depart(self) -> Begun:
        """Where to send a browser.

        Raises:
            ProviderDown: there is no answer, or too many wait for one.
            ProviderFault: the answer is none that can be used.
        """
        async with self._conversation():
            app = self._app(await self._discover())
            made = await app.create_authorization_url(self.options.callback)
            return Begun(made["url"], made["state"], made["nonce"], made["code_verifier"])

    async def finish(self, code: str, nonce: str, verifier: str, issuer: str | None) -> Person:
        """Who has signed in.

        Args:
            code: what the provider gave the browser.
            nonce: see ``Begun``.
            verifier: likewise.
            issuer: who the browser says that it was sent back by (RFC 9207); None if it does not.

        Raises:
            ProviderDown: there is no answer, or too many wait for one.
            ProviderFault: the answer is none that can be believed.
            SignInStale: the provider does not know the code, any more or at all.
        """
        async with self._conversation():
            metadata = await self._discover()
            if issuer != metadata.issuer and (
                issuer is not None or metadata.authorization_response_iss_parameter_supported
            ):
                raise ProviderFault(f"It was not {self.options.name} that sent your browser back. Sign in again.")
            app = self._app(metadata)
            token = await app.fetch_access_token(self.options.callback, code=code, code_verifier=verifier)
            told = await app.parse_id_token(
                token,
                nonce,
                claims_options={
                    "iss": {"essential": True, "value": self.options.issuer},
                    "aud": {"essential": True, "value": self.options.client_id},
                },
                leeway=_SKEW,
            )
            if told is None:
                raise ProviderFault(f"{self.options.name} did not say who you are. {_TELL}")
            subject = told["sub"]
            if not (isinstance(subject, str) and 0 < len(subject) <= _SUBJECT and subject.isascii()):
                raise ProviderFault(f"{self.options.name} did not say who you are in a way that is known here. {_TELL}")
            if not subject.isprintable():
                raise ProviderFault(f"{self.options.name} calls you what cannot be kept. {_TELL}")
            if metadata.userinfo_endpoint and claims.missing(self.options, told):
                more = await app.userinfo(token=token)
                # Section 5.3.2: what another subject is told about must not be used.
                if more.get("sub") != subject:
                    raise ProviderFault(f"{self.options.name} told about somebody else. {_TELL}")
                told = {**more, **told}
            return Person(subject, dict(told))

    @asynccontextmanager
    async def _conversation(self) -> AsyncIterator[None]:
        """Bound how many there are and how long they take, and tell what goes wrong as ours."""
        if self._talking >= _MOST:
            raise ProviderDown(f"Too many people wait for {self.options.name}. Try again in a while.")
        self._talking += 1
        try:
            async with asyncio.timeout(_SECONDS):
                yield
        except ServiceError:
            raise
        except Exception as error:  # whatever a library makes of a foreign answer is the answer's fault
            log.warning("oidc.failed", error=f"{type(error).__name__}: {error}"[:300])
            raise self._explain(error) from error
        finally:
            self._talking -= 1

    def _explain(self, error: Exception) -> ServiceError:
        name = self.options.name
        match error:
            case TimeoutError() | httpx2.TransportError():
                return ProviderDown(f"{name} does not answer. Try again in a while, or sign in another way.")
            case httpx2.HTTPStatusError() if error.response.is_server_error:
                return ProviderDown(f"{name} has a fault of its own. Try again in a while, or sign in another way.")
            case OAuthError(error="invalid_grant"):
                return SignInStale(f"{name} does not know this sign-in any more. Sign in again.")
            case ExpiredTokenError() | ClaimError(claim="iat" | "nbf" | "exp"):
                why = "is from another time: its clock or ours may be wrong"
            case ClaimError():
                why = f"is not about this sign-in ({error.claim})"
            case _:
                why = f"cannot be used ({type(error).__name__})"
        return ProviderFault(f"What {name} says {why}. Sign in again; if that does not help, {_ITS_LOG}")

    async def _discover(self) -> _Metadata:
        """The provider's discovery document, of which every address is a safe one."""
        address = self.options.issuer.rstrip("/") + "/.well-known/openid-configuration"
        async with httpx2.AsyncClient(**self._client()) as client:
            answer = await client.get(address)
        answer.raise_for_status()
        found = _Metadata.model_validate(answer.json())
        if found.issuer != self.options.issuer:
            log.warning("oidc.other_issuer", wanted=self.options.issuer, found=found.issuer[:300])
            raise ProviderFault(f"{self.options.name} goes by another issuer than ALLCLOSE_OIDC_ISSUER says. {_TELL}")
        addresses = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri, found.userinfo_endpoint)
        if not all(is_safe(each) for each in addresses if each is not None):
            raise ProviderFault(f"{self.options.name} has an address without https. {_TELL}")
        return found

    def _app(self, metadata: _Metadata) -> Any:
        """Authlib's client for one conversation."""
        known = metadata.id_token_signing_alg_values_supported
        algorithms = [each for each in _ALGORITHMS if each in known]
        if not algorithms:
            raise ProviderFault(f"{self.options.name} signs in no way that is accepted here. {_TELL}")
        return StarletteOAuth2App(
            None,
            "oidc",
            client_id=self.options.client_id,
            client_secret=self.options.client_secret or None,
            authorize_url=metadata.authorization_endpoint,
            access_token_url=metadata.token_endpoint,
            client_kwargs={
                **self._client(),
                "scope": self.options.scopes,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": self._method(metadata),
            },
            issuer=metadata.issuer,
            jwks_uri=metadata.jwks_uri,
            userinfo_endpoint=metadata.userinfo_endpoint,
            id_token_signing_alg_values_supported=algorithms,
        )

    def _method(self, metadata: _Metadata) -> str:
        """How this service shows the provider who it is."""
        if not self.options.client_secret:
            return "none"
        only_post = "client_secret_basic" not in metadata.token_endpoint_auth_methods_supported
        return "client_secret_post" if only_post else "client_secret_basic"

    def _client(self) -> dict[str, Any]:
        """Options of HTTP clients. A redirect could take the secret elsewhere, so none is followed."""
        return {
            "verify": self._tls,
            "timeout": _SECONDS,
            "follow_redirects": False,
            # A proxy that is meant for the way to elsewhere has no business here.
            "trust_env": urlsplit(self.options.issuer).scheme == "https",
            "headers": {"Accept-Encoding": "identity"},
            "event_hooks": {"response": [_bound]},
        }


class _Bounded(httpx2.AsyncByteStream):
    """A body that ends in an error where it would be too long."""

    def __init__(self, body: httpx2.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = _LONGEST
        async for part in self._body:
            left -= len(part)
            if left < 0:
                raise ProviderFault(f"The answer of the single sign-on is too long. {_TELL}")
            yield part

    async def aclose(self) -> None:
        await self._body.aclose()


async def _bound(answer: httpx2.Response) -> None:
    """Refuse an answer before it is in memory."""
    headers: Mapping[str, str] = answer.headers
    if headers.get("content-encoding", "identity") != "identity":  # a few bytes could become gigabytes
        raise ProviderFault(f"The answer of the single sign-on is packed, though it was not asked to be. {_TELL}")
    assert isinstance(answer.stream, httpx2.AsyncByteStream)
    answer.stream = _Bounded(answer.stream)
