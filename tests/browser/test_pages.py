"""Every page in a real browser, in both themes: usable by everybody, and without a complaint."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.routing import APIRoute
from playwright.sync_api import Page, expect

from app.main import PAGES
from tests.browser.conftest import THEMES, Watched
from tests.browser.lived_in import LivedIn
from tests.browser.visits import FILES, VISITS, Visit

#: Rules of WCAG 2.2 up to AA, and what is good practice beside them.
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_IMPACTS = {"moderate", "serious", "critical"}


def violations(page: Page) -> list[str]:
    """What stands in somebody's way on a page: rule, where, and why."""
    found: list[dict[str, Any]] = Axe().run(page, options=_RULES).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in _IMPACTS
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("watched", THEMES, indirect=True)
@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.name)
def test_everybody_can_use_every_page(visit: Visit, watched: Watched, lived_in: LivedIn) -> None:
    """Whoever sees little, uses a keyboard or has a page read to them would be left out of it."""
    if visit.who is not None:
        lived_in.people[visit.who].enter(watched.page.context)
    answer = watched.page.goto(watched.address(visit.path(lived_in)), wait_until="networkidle")
    assert answer is not None
    assert answer.status == visit.status
    expect(watched.page.locator(visit.shows).first).to_be_visible()
    assert violations(watched.page) == []
    if visit.status != 200:  # the browser notes that
        watched.complaints[:] = [each for each in watched.complaints if str(visit.status) not in each]


def test_no_page_is_left_out() -> None:
    """A new page would never have been opened in a browser."""
    routes = [route for router in PAGES for route in router.routes if isinstance(route, APIRoute)]
    pages = {route.path for route in routes if "GET" in (route.methods or ())}
    assert pages - FILES == {visit.route for visit in VISITS}
    assert [visit.name for visit in VISITS if not visit.is_of_its_route()] == []


def test_a_violation_is_found(watched: Watched) -> None:
    """Nothing would be wrong with any page, whatever is."""
    faulty = "<main><h1>A</h1><input><p style='color:#ddd'>Pale words</main>"
    watched.page.set_content(f"<html lang=en><title>A</title>{faulty}")
    assert {each.partition(" ")[0] for each in violations(watched.page)} == {"label", "color-contrast"}
