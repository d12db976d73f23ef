"""What all pages have in common: headers, errors, addresses, and who gets a page at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app.main import PAGES, create_app
from app.settings import Settings
from app.web import assets
from app.web.errors import readable
from app.web.rendering import TEMPLATES
from app.web.routes import static
from tests.service.fakes import FakeSandbox
from tests.web.conftest import BASE, HEADERS


def test_browsers_get_the_catalogue_and_others_the_index(browser: TestClient) -> None:
    """A learner would see JSON, or a client that finds its way by the index a page."""
    page = browser.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "The problem add_one" in page.text
    assert browser.get("/", headers={"Accept": "*/*"}).json()["name"] == "allclose"
    assert browser.get("/", headers={"Accept": "application/json"}).json()["name"] == "allclose"


def test_a_page_says_what_it_may_load(browser: TestClient) -> None:
    """What somebody gets into a page could run, be framed, or send what it finds elsewhere."""
    policies = [browser.get("/").headers["content-security-policy"] for _ in range(2)]
    nonces = {
        match[1] for policy in policies for match in re.finditer(r"style-src 'self' 'nonce-([\w-]{22})';", policy)
    }
    assert len(nonces) == 2
    for part in ("default-src 'none'", "script-src 'self';", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policies[0]
    headers = browser.get("/").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_api_keeps_its_own_policy(browser: TestClient) -> None:
    """An answer of the API that a browser takes for a page could load something."""
    assert browser.get("/healthz").headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_have_no_inline_script_or_style(path: Path) -> None:
    """The browser would leave it out, and the page be broken."""
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|hx-on", text)
    assert not re.search(r"<script(?![^>]* src=)", text)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_addresses_in_templates_go_through_one_helper(path: Path) -> None:
    """A link would lead past the prefix that a proxy puts before the service."""
    found = re.findall(r'\b(?:href|src|action|hx-get|hx-post)="(?!\{\{|#)([^"]*)"', path.read_text())
    assert found == []


@pytest.mark.parametrize("handed_on", [False, True])
def test_every_address_has_the_prefix(settings: Settings, handed_on: bool, app: FastAPI) -> None:
    """Behind a proxy with a prefix no link, style or script would be found."""
    del app
    made = create_app(settings.model_copy(update={"public_url": f"{BASE}/jax"}), FakeSandbox())
    before = "/jax" if handed_on else ""
    with TestClient(made, BASE, headers=HEADERS, follow_redirects=False) as client:
        page = client.get(f"{before}/").text
        addresses = re.findall(r'(?:href|src|action)="([^"#]+)"', page)
        assert addresses
        assert all(address.startswith("/jax/") for address in addresses)
        for address in addresses:
            if "/static/" in address:
                assert client.get(before + address.removeprefix("/jax")).status_code == 200


def test_what_is_not_there_is_told_on_a_page(browser: TestClient) -> None:
    """A mistyped address would end in JSON."""
    page = browser.get("/no<b>where")
    assert page.status_code == 404
    assert "There is no such page" in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    told = browser.get("/api/v1/nowhere")
    assert told.headers["content-type"] == "application/problem+json"


def test_a_fault_of_ours_is_told_on_a_page(app: FastAPI, browser: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader would see a blank page, or what went wrong inside."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("app.problems.store.served", fail)
    page = browser.get("/")
    assert page.status_code == 500
    assert "our fault" in page.text
    assert "secret detail" not in page.text
    assert page.headers["x-request-id"]
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_files_are_kept_for_ever_and_sent_short(browser: TestClient) -> None:
    """Each page would wait for styles and scripts again."""
    plain = browser.get(assets.path_of("page.css"), headers={"Accept-Encoding": "identity"})
    assert plain.status_code == 200
    assert "immutable" in plain.headers["cache-control"]
    assert plain.headers["content-type"] == "text/css; charset=utf-8"
    zipped = browser.get(assets.path_of("page.css"), headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.text == plain.text


@pytest.mark.parametrize("name", ["manifest.json", "..%2f__init__.py", "%2e%2e", "nothing.js"])
def test_only_built_files_are_served(browser: TestClient, name: str) -> None:
    """Whoever asks could read the service's own files."""
    assert browser.get(f"{assets.PATH}/{name}").status_code == 404


def test_pages_are_no_part_of_the_described_api(settings: Settings) -> None:
    """Generated clients would have methods that return pages."""
    document = create_app(settings, FakeSandbox()).openapi()
    paths = {route.path for router in PAGES for route in router.routes if isinstance(route, APIRoute)}
    assert paths & document["paths"].keys() <= {"/"}
    assert all(
        not route.include_in_schema for router in PAGES for route in router.routes if isinstance(route, APIRoute)
    )


def test_every_page_asks_who_looks_at_it() -> None:
    """A page could forget to ask, and be open to anybody."""
    for router in PAGES:
        if router is static.router:
            continue
        for route in router.routes:
            assert isinstance(route, APIRoute)
            asked = {getattr(each.call, "__name__", "") for each in route.dependant.dependencies}
            assert any(name == "visitor" or name.startswith(("may_", "visitor_may_")) for name in asked), route.path


def test_the_chosen_theme_is_in_the_page(browser: TestClient) -> None:
    """Each page would flash in the other theme before a script has run."""
    assert "data-theme=" not in browser.get("/").text
    assert 'data-theme="dark"' in browser.get("/", headers={"Cookie": "allclose-theme=dark"}).text
    assert "data-theme=" not in browser.get("/", headers={"Cookie": 'allclose-theme="><b>'}).text


@pytest.mark.parametrize("path", ["/problems/no_such_problem", "/problems/add_onee"])
def test_a_page_speaks_of_no_api(browser: TestClient, path: str) -> None:
    """Whoever mistyped an address would be told to send requests."""
    shown = browser.get(path).text.partition("<main")[2].partition("<footer")[0]
    assert 'class="lead"' in shown
    assert "/api/" not in shown


def test_what_remains_of_an_error_is_whole_sentences() -> None:
    """A page would end in the middle of a thought, or lose a name that has a full stop in it."""
    told = "No problem is named 'a. B'. GET /api/v1/problems lists those there are. Try again."
    assert readable(told) == "No problem is named 'a. B'. Try again."
    assert readable("Send 'x'.") == "Send 'x'."
    assert readable("No problem is named '/api/x'. Did you mean a?") == "No problem is named '/api/x'. Did you mean a?"
    assert readable("GET /api/v1/problems lists them.") == "GET /api/v1/problems lists them."


def test_all_scripts_and_styles_together_are_small() -> None:
    """A problem would open late on a phone: its page loads nearly all of them, where it has formulas."""
    sent = [asset for name in assets._names() if (asset := assets.find(name)) and name.endswith((".js", ".css"))]
    assert len(sent) >= 5
    assert sum(min(map(len, asset.encoded.values())) for asset in sent) < 250_000
