"""A small OpenID Connect provider on loopback, which signs in whoever comes, and can be told to do it wrong.

Usage as a program: ``python -m tests.service.oidc PORT [CLAIMS]`` with the claims of whoever signs in as JSON; its
client is ``us`` with the secret ``s3cret&``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

CLIENT, SECRET = "us", "s3cret&"

#: What a fault makes of a token's claims.
CLAIMS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "nonce": lambda claims: {**claims, "nonce": "another"},
    "no nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "issuer": lambda claims: {**claims, "iss": "https://elsewhere.example"},
    "audience": lambda claims: {**claims, "aud": "somebody else", "azp": CLIENT},
    "two audiences": lambda claims: {**claims, "aud": [CLIENT, "somebody else"]},
    "expired": lambda claims: {**claims, "exp": time.time() - 600},
    "not yet": lambda claims: {**claims, "iat": time.time() + 600, "nbf": time.time() + 600},
    "no subject": lambda claims: {name: value for name, value in claims.items() if name != "sub"},
    "subject of another kind": lambda claims: {**claims, "sub": ["ada"]},
    "empty subject": lambda claims: {**claims, "sub": ""},
    "long subject": lambda claims: {**claims, "sub": "a" * 256},
    "subject with a NUL": lambda claims: {**claims, "sub": "ada\0"},
    "access token's hash": lambda claims: {**claims, "at_hash": "nonsense"},
    "hash of another kind": lambda claims: {**claims, "at_hash": [1]},
    "times of another kind": lambda claims: {**claims, "exp": "tomorrow"},
}
#: What a fault makes of an answer: its path -> the whole body.
BODIES: dict[str, tuple[str, bytes]] = {
    "discovery is a page": ("/.well-known/openid-configuration", b"<html>"),
    "discovery is a list": ("/.well-known/openid-configuration", b"[]"),
    "discovery is deep": ("/.well-known/openid-configuration", b"[" * 100_000),
    "discovery is long": ("/.well-known/openid-configuration", b'"' + b"a" * 300_000 + b'"'),
    "token is a page": ("/token", b"<html>"),
    "token is a list": ("/token", b"[]"),
    "token is not text": ("/token", b'{"id_token": "\xff"}'),
    "token is none": ("/token", b'{"access_token": "a", "token_type": "Bearer"}'),
    "token is a number": ("/token", b'{"access_token": "a", "token_type": "Bearer", "id_token": 5}'),
    "token is three dots": ("/token", b'{"access_token": "a", "token_type": "Bearer", "id_token": "..."}'),
    "token is long": ("/token", b'{"id_token": "' + b"a" * 300_000 + b'"}'),
    "client is unknown": ("/token", b'{"error": "invalid_client"}'),
    "keys are none": ("/jwks", b'{"keys": []}'),
    "keys are a page": ("/jwks", b"<html>"),
    "keys are strings": ("/jwks", b'{"keys": ["a"]}'),
}


class Provider:
    """The provider, serving until ``close``.

    Attributes:
        person: claims of whoever signs in next.
        fault: what goes wrong from now on: a key of ``CLAIMS`` or ``BODIES``, or one of the words below.
        metadata: replaces members of the discovery document.
        elsewhere: claims that only the userinfo endpoint tells.
        gate: with the fault ``hangs``, answers wait for it.
        asked: paths of the requests that came.
    """

    def __init__(self, port: int = 0) -> None:
        self.person: dict[str, Any] = {"sub": "ada-1815", "preferred_username": "Ada"}
        self.elsewhere: dict[str, Any] = {}
        self.fault = ""
        self.metadata: dict[str, Any] = {}
        self.gate = threading.Event()
        self.asked: list[str] = []
        self.new_key()
        self._granted: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, "")

            def do_POST(self) -> None:
                provider.answer(self, self.rfile.read(int(self.headers["Content-Length"])).decode())

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Serve no more; whoever asks is refused a connection."""
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()

    def new_key(self) -> None:
        """Sign with another key from now on, and publish only that."""
        self._key = ECKey.generate_key("P-256", {"kid": secrets.token_hex(4), "use": "sig"}, private=True)

    def answer(self, request: BaseHTTPRequestHandler, body: str) -> None:
        """Answer one request."""
        address = urlsplit(request.path)
        sent = {name: values[0] for name, values in parse_qs(body or address.query).items()}
        self.asked.append(address.path)
        if self.fault == "hangs":
            self.gate.wait(30)
        status, headers, content = self._answer(address.path, sent, request)
        if self.fault in BODIES and BODIES[self.fault][0] == address.path:
            content = BODIES[self.fault][1]
        if self.fault in {"fails", f"fails at {address.path}"}:
            status, content = 500, b"<h1>Oops</h1>"
        if self.fault == "is packed":
            headers["Content-Encoding"] = "gzip"
        if self.fault == "is cut off":
            headers["Content-Length"] = str(len(content) + 10)
        try:
            request.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(content)
        except OSError:
            pass  # nobody waits any more

    def _answer(
        self, path: str, sent: dict[str, str], request: BaseHTTPRequestHandler
    ) -> tuple[int, dict[str, str], bytes]:
        match path:
            case "/.well-known/openid-configuration":
                return 200, {}, json.dumps(self._metadata()).encode()
            case "/authorize":
                return 302, {"Location": self._authorize(sent)}, b""
            case "/token":
                status, told = self._token(sent, request.headers.get("Authorization", ""))
                return status, {"Content-Type": "application/json"}, json.dumps(told).encode()
            case "/jwks":
                return 200, {}, json.dumps({"keys": [self._key.as_dict(private=False)]}).encode()
            case "/userinfo":
                subject = "somebody else" if self.fault == "userinfo" else self.person.get("sub")
                return 200, {}, json.dumps({"sub": subject, **self.elsewhere}).encode()
        return 404, {}, b""

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["none", "HS256", "ES256"],
            "authorization_response_iss_parameter_supported": True,
            "verify": False,
            "client_id": "what Authlib would take for an option",
            **self.metadata,
        }

    def _authorize(self, sent: dict[str, str]) -> str:
        assert (sent["client_id"], sent["response_type"]) == (CLIENT, "code")
        assert sent["code_challenge_method"] == "S256"
        if self.fault.startswith("error "):
            told = {"error": self.fault.removeprefix("error "), "error_description": "<b>no</b>"}
        else:
            code = secrets.token_urlsafe()
            self._granted[code] = sent
            told = {"code": code, "session_state": "what only some providers send"}
        return f"{sent['redirect_uri']}?{urlencode({**told, 'state': sent['state'], 'iss': self.issuer})}"

    def _token(self, sent: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        name, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        if (name, unquote(secret)) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        asked = self._granted.pop(sent["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=")
        if (
            asked is None
            or sent["redirect_uri"] != asked["redirect_uri"]
            or challenge.decode() != asked["code_challenge"]
        ):
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 60}
        claims |= {"nonce": asked["nonce"], **self.person}
        if self.fault in CLAIMS:
            claims = CLAIMS[self.fault](claims)
        return 200, {"access_token": "an access token", "token_type": "Bearer", "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        published = self._key.as_dict(private=False)
        match self.fault:
            case "no signature":
                parts = ({"alg": "none", "typ": "JWT"}, claims)
                encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
                return b".".join([*encoded, b""]).decode()
            case "signed with the published key as if it were a secret":
                key = OctKey.import_key(json.dumps(published))
                return jwt.encode({"alg": "HS256", "kid": published["kid"]}, claims, key)
            case "signed with our secret":
                return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET * 8))
            case "signed by somebody else":
                other = ECKey.generate_key("P-256", private=True)
                return jwt.encode({"alg": "ES256", "kid": published["kid"]}, claims, other)
            case "signed by nobody known":
                return jwt.encode({"alg": "ES256", "kid": "unknown"}, claims, self._key)
        return jwt.encode({"alg": "ES256", "kid": published["kid"]}, claims, self._key, encoder_cls=_Escaping)


class _Escaping(json.JSONEncoder):
    """Spells what UTF-8 cannot carry."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": True})


#: Faults that make a token nobody may believe.
SIGNATURES = (
    "no signature",
    "signed with the published key as if it were a secret",
    "signed with our secret",
    "signed by somebody else",
    "signed by nobody known",
)

if __name__ == "__main__":
    served = Provider(int(sys.argv[1]))
    served.person = json.loads(sys.argv[2]) if sys.argv[2:] else served.person
    print(served.issuer, flush=True)  # noqa: T201
    threading.Event().wait()
