"""A browser without scripts: reading, signing up and in, submitting by the form, the verdict after a reload."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_newcomer import NO_SUM, PASSWORD, PATIENCE, PROBLEM, RIGHT
from tests.faults.service import RealService


@pytest.fixture
def plain(chromium: Browser, service: RealService) -> Iterator[Page]:
    """A page that runs no script."""
    context = chromium.new_context(
        java_script_enabled=False, base_url=str(service.client.base_url), viewport={"width": 1280, "height": 900}
    )
    yield context.new_page()
    context.close()


def test_everything_a_learner_needs_works_without_scripts(plain: Page) -> None:
    """Whoever blocks scripts, or whose network loses one, could not take part."""
    plain.goto("/")
    plain.get_by_role("link", name="The same gradient, two ways").click()
    expect(plain.locator("#pane-statement")).to_contain_text("Differentiation is linear")
    plain.get_by_role("link", name="Sign in to run and submit").first.click()
    plain.get_by_role("link", name="Sign up").last.click()
    plain.get_by_label("Name").fill("Hypatia")
    plain.get_by_label("Password").fill(PASSWORD)
    plain.get_by_role("button", name="Sign up").click()
    expect(plain).to_have_url(re.compile(f"{PROBLEM}$"))
    for source, verdict in ((NO_SUM, "Wrong answer"), (RIGHT, "Accepted")):
        plain.goto(PROBLEM)
        plain.get_by_label("Your code").fill(source)
        plain.get_by_role("button", name="Submit").click()
        expect(plain).to_have_url(re.compile("/attempts/"))
        expect(plain.locator(".report-head")).to_contain_text(verdict, timeout=PATIENCE)  # it reloads by itself
    plain.goto(PROBLEM)
    plain.get_by_role("button", name="Show the solution").click()
    expect(plain.locator("#solution")).to_contain_text("def equivalent_two_ways")
    plain.goto("/attempts")
    expect(plain.locator("tbody tr")).to_have_count(2)
