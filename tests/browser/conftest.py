"""A real browser before a real service with real walls: headless Chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from tests.browser import hostile
from tests.browser import lived_in as life
from tests.browser.lived_in import LivedIn
from tests.conftest import require
from tests.faults.service import RealService

PROBLEMS = Path(__file__).resolve().parents[2] / "problems"
THEMES = ("light", "dark")
#: What a machine without a screen or a network needs, and no talk with anybody else.
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]

_TELL_REPORTS = """document.addEventListener("securitypolicyviolation", (report) =>
  console.error(`policy: ${report.effectiveDirective} ${report.blockedURI} ${report.sample}`))"""


@dataclass
class Watched:
    """A page, and what a browser complains of while it is open."""

    page: Page
    service: RealService
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address(path))

    def refuse(self, dialog: Dialog) -> None:
        """No page of ours opens one."""
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def address(self, path: str) -> str:
        return str(self.service.client.base_url).rstrip("/") + path


def program() -> str | None:
    """Where Chromium is."""
    return shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    require("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealService]:
    """A service of two problems, where anybody can make an account; the text of the second is hostile."""
    folder = tmp_path_factory.mktemp("browser")
    problems = [PROBLEMS / life.SLUG, hostile.write_problem(folder / "hostile")]
    made = RealService(folder, life.ENVIRONMENT, problems)
    made.start()
    life.wait_served(made, life.SLUG)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def lived_in(service: RealService) -> LivedIn:
    """The same service, after people and somebody hostile have been there."""
    made = life.prepare(service)
    hostile.come(made)
    return made


@pytest.fixture
def watched(chromium: Browser, service: RealService, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """A new browser profile; fails if a page complained, opened a dialog, or asked for anything of another host.

    Parameters: the window's width, or the theme that the system has.
    """
    asked = getattr(request, "param", 1280)
    width = asked if isinstance(asked, int) else 1280
    theme: Literal["light", "dark"] = "dark" if asked == "dark" else "light"
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    # Chromium writes most reports to the console; this has all of them there.
    context.add_init_script(_TELL_REPORTS)
    made = Watched(context.new_page(), service)
    here = str(service.client.base_url)
    page = made.page
    page.on("console", lambda said: made.complaints.append(said.text) if said.type == "error" else None)
    page.on("dialog", made.refuse)
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    page.on("request", lambda sent: None if sent.url.startswith((here, "data:")) else made.complaints.append(sent.url))
    yield made
    context.close()
    assert made.complaints == []
