"""Headers that keep a browser from doing more with an answer than it is for.

Invariant: what is no page may not run, frame, sniff or keep anything. A page may load what this service serves and
nothing else, and runs no script and no style that stands in itself, but for style elements with the page's own nonce,
which the editor makes.
"""

from __future__ import annotations

import secrets

#: On every response that does not say otherwise.
SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_NONCE_BYTES = 16


def new_nonce() -> str:
    """What a page's own style elements are known by; nobody guesses it, and no two pages have the same."""
    return secrets.token_urlsafe(_NONCE_BYTES)


def page_headers(nonce: str) -> dict[str, str]:
    """Headers of a page whose style elements carry ``nonce``.

    Its own forms say where they come from: without a referrer, browsers would send them with the origin ``null``.
    """
    return SECURITY_HEADERS | {
        "Content-Security-Policy": _POLICY.format(nonce=nonce),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
    }
