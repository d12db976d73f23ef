"""A real browser before a real service with real walls: headless Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import require
from tests.faults.service import RealService

PROBLEMS = Path(__file__).resolve().parents[2] / "problems"
#: What a machine without a screen or a network needs, and no talk with anybody else.
_FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@dataclass
class Watched:
    """A page, and what a browser complains of while it is open."""

    page: Page
    service: RealService
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address(path))

    def address(self, path: str) -> str:
        return str(self.service.client.base_url).rstrip("/") + path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    require("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealService]:
    """A service of one problem, where anybody can make an account."""
    problems = [PROBLEMS / "equivalent_two_ways"]
    made = RealService(tmp_path_factory.mktemp("browser"), {"ALLCLOSE_SIGN_UP": "open"}, problems)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def watched(chromium: Browser, service: RealService, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A new browser profile; fails if a page complained, or asked for anything of another host."""
    width = getattr(request, "param", 1280)
    context = chromium.new_context(viewport={"width": width, "height": 900})
    made = Watched(context.new_page(), service)
    here = str(service.client.base_url)
    page = made.page
    page.on("console", lambda said: made.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith((here, "data:")) else made.complaints.append(sent.url))
    yield made
    context.close()
    assert made.complaints == []
