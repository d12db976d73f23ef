"""``join``, ``login``, ``logout``, ``whoami``, and ``account`` with ``export`` and ``erase``.

Invariant: passwords and tokens are asked for, never arguments: those are in every list of processes. A password is sent
once, for a session that lasts until a token is made with it.
"""

from __future__ import annotations

import getpass
import os
import socket
import sys
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from app.cli.inputs import FAULT, stop
from app.cli.output import console, plain
from app.cli.remote.server import API, Known, Server, address, connected, forget, known, remember, signed_in
from app.cli.settings import USAGE

#: Where a link leads, and what is asked about it.
_PAGES, _LINKS = "/links/", f"{API}/links/"

#: Said before a password is asked for, where not everybody has one.
_FROM_ELSEWHERE = (
    "Whoever comes through {provider} has no password here: make a token on {where}/account, and give it to "
    "'allclose login {where} --token'."
)


def join(link: str, name: str) -> int:
    """Use a one-time link: make the account or set the password that it is for, and log in."""
    base, found, code = link.rpartition(_PAGES)
    if not found or not code:
        stop(f"{link!r} is no link of an allclose server: there is no {_PAGES} in it", USAGE)
    where = address(base.removesuffix(API))
    with connected(where) as server:
        told = server.object("GET", _LINKS + code)
        if told.get("name") is None:
            name = name or _asked("Name of the new account: ")
            body = {"name": name, "password": _new_password()}
        else:
            print(f"A new password for {plain(str(told['name']))} on {where}.", file=sys.stderr)
            body = {"password": _new_password()}
        _keep(server, where, server.ask("POST", _LINKS + code, json=body))
    return 0


def login(where: str, name: str, *, token: bool) -> int:
    """Log in with name and password, or keep a ``token`` that was made elsewhere."""
    where = address(where)
    if token:
        shown = _asked("Token: ", secret=True).strip()
        with connected(where, shown) as server:
            told = server.object("GET", "/account")
        remember(Known(where, shown, ""))
        _say(where, told)
        return 0
    with connected(where) as server:
        provider = server.object("GET", "/oidc").get("name")
        if provider is not None:
            print(_FROM_ELSEWHERE.format(provider=plain(str(provider)), where=where), file=sys.stderr)
        body = {"name": name or _asked("Name: "), "password": _asked("Password: ", secret=True)}
        _keep(server, where, server.ask("POST", "/session", json=body))
    return 0


def logout() -> int:
    """Revoke the token that logging in made, and forget the server."""
    found = known()
    try:
        if found.token_id:
            with connected(found.server, found.token) as server:
                server.ask("DELETE", f"/tokens/{found.token_id}")
    finally:
        forget()  # a server that is gone, or has forgotten the token, keeps nobody logged in
    console().print(f"logged out of {found.server}")
    return 0


def export(name: str) -> int:
    """Write all that is one's own on the server to a new file, for its owner only, whole or not at all."""
    target = Path(name)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    if os.path.lexists(target):
        stop(f"{name} is there already, and nothing is overwritten. Name another file", USAGE)
    try:
        with signed_in() as server, os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(server.download("/account/export"))
        os.link(part, target)
    except OSError as error:
        stop(f"cannot write {name}: {error.strerror}", FAULT)
    finally:
        part.unlink(missing_ok=True)
    console().print(f"written to {name}")
    return 0


def erase() -> int:
    """Erase one's account on the server, after asking for its password, and forget the server."""
    found = known()
    with connected(found.server, found.token) as server:
        told = server.object("GET", "/account")
        name = plain(str(told.get("name")))
        print(f"This erases {name} on {found.server} for good. 'allclose account export' comes first.", file=sys.stderr)
        server.ask("POST", "/account/erase", json={"password": _asked("Password: ", secret=True)})
    forget()
    console().print(f"erased {name} on {found.server}")
    return 0


def whoami() -> int:
    """Say who one is on which server, and what one may do there."""
    with signed_in() as server:
        _say(known().server, server.object("GET", "/account"))
    return 0


def _keep(server: Server, where: str, answer: httpx2.Response) -> None:
    """Make a token with the session that ``answer`` began, end the session, and remember the token."""
    cookie = {"Cookie": _session(where, answer)}
    label = f"allclose on {socket.gethostname()}"[:100]
    # Whoever is at the terminal is who has signed in: the token may be used for all that they may do.
    wanted = {"label": label, "scopes": ["read", "submit", "problems", "account", "admin"], "days": 90}
    made = server.object("POST", "/tokens", json=wanted, headers=cookie)
    server.ask("DELETE", "/session", headers=cookie)
    remember(Known(where, str(made["token"]), str(made["id"])))
    _say(where, answer.json())


def _session(where: str, answer: httpx2.Response) -> str:
    """The session's cookie; a client's own jar would keep back what is for secure connections, on this machine too."""
    try:
        found = SimpleCookie(answer.headers.get("set-cookie", ""))
    except CookieError:
        found = SimpleCookie()
    if not found:
        stop(f"{where} is no allclose server: it has begun no session", FAULT)
    name, morsel = next(iter(found.items()))
    return f"{name}={morsel.value}"


def _new_password() -> str:
    password = _asked("New password: ", secret=True)
    if sys.stdin.isatty() and _asked("The same again: ", secret=True) != password:
        stop("the two passwords differ. Nothing was changed", USAGE)
    return password


def _asked(prompt: str, *, secret: bool = False) -> str:
    """What somebody types, or the next line of a pipe."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass(prompt) if secret else input(prompt)


def _say(where: str, account: dict[str, object]) -> None:
    parts = urlsplit(where)
    console().print(
        f"{plain(str(account.get('name')))} ({plain(str(account.get('role')))}) on {parts.netloc}{parts.path}"
    )
