"""Hostile text in a real browser: on every page that shows it, it is text and nothing else."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser import hostile
from tests.browser.conftest import Watched
from tests.browser.lived_in import PASSWORD, LivedIn

#: Who sees it, and where.
PLACES = [
    (None, "/"),
    (None, "/problems/{hostile_slug}"),
    ("hostile", "/"),
    ("hostile", "/problems/{hostile_slug}"),
    ("hostile", "/problems/{hostile_slug}?attempt={turned}"),
    ("hostile", "/attempts"),
    ("hostile", "/attempts/{hostile}"),
    ("hostile", "/attempts/{raises}"),
    ("hostile", "/attempts/{turned}"),
    ("hostile", "/attempts/{hostile}/report"),
    ("hostile", "/attempts/{hostile}/compare?with={raises}"),
    ("hostile", "/runs/{hostile_run}/report"),
    ("hostile", "/account"),
    ("instructor", "/instructor"),
    ("instructor", "/instructor/problems/{hostile_slug}"),
    ("instructor", "/instructor/problems/{hostile_slug}/figures"),
    ("instructor", "/instructor/uploads/{hostile_upload}"),
    ("instructor", "/instructor/attempts"),
    ("instructor", "/instructor/people"),
    ("admin", "/admin/users"),
    ("admin", "/admin/users/{hostile_user}"),
]


@pytest.mark.parametrize(("who", "place"), PLACES, ids=lambda value: value or "nobody")
def test_hostile_text_is_text(who: str | None, place: str, watched: Watched, lived_in: LivedIn) -> None:
    """Whoever submits, uploads or is called something could act as whoever reads it, or hide what it says."""
    if who is not None:
        lived_in.people[who].enter(watched.page.context)
    known = {name: quote(value, safe="") for name, value in lived_in.places.items()}
    watched.page.goto(watched.address(place.format(**known)), wait_until="networkidle")
    assert hostile.SEEN in watched.page.locator("body").inner_text()
    assert hostile.traces(watched.page) == []


def test_hostile_text_in_a_verdict_that_arrives_is_text(watched: Watched, lived_in: LivedIn) -> None:
    """What the script puts on the page as it is judged could run there."""
    page = watched.page
    lived_in.people["hostile"].enter(page.context)
    watched.open(f"/problems/{hostile.SLUG}")
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(hostile.RAISES)
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#result .report-head")).to_be_visible(timeout=120_000)
    assert hostile.SEEN in page.locator("#result").inner_text()
    page.get_by_role("button", name="Show the solution").click()
    expect(page.locator("#solution")).to_contain_text(hostile.SEEN)
    assert hostile.traces(page) == []


def test_a_hostile_name_is_refused_as_text(watched: Watched) -> None:
    """The page that refuses a name could run it."""
    watched.open("/sign-up")
    watched.page.get_by_label("Name").fill(hostile.NAME)
    watched.page.get_by_label("Password").fill(PASSWORD)
    watched.page.get_by_role("button", name="Sign up").click()
    expect(watched.page.locator(".error")).to_contain_text(hostile.SEEN)
    assert hostile.traces(watched.page) == []
    watched.complaints[:] = [each for each in watched.complaints if "422" not in each]  # the browser notes the refusal


def test_text_that_acts_is_found(watched: Watched) -> None:
    """Hostile text would pass for text, whatever it does."""
    watched.page.set_content(f"<p>{hostile.EVERYTHING}</p>")
    watched.page.wait_for_function("window.struck === 'image'")
    kinds = {each.partition(" ")[0] for each in hostile.traces(watched.page)}
    assert kinds == {"ran:", "made:", "controls", "turns"}
