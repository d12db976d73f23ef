"""Somebody who has never been here solves a problem: on a desktop, by keyboard alone, and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import PROBLEMS, Watched

PROBLEM = "/problems/equivalent_two_ways"
PASSWORD = "correct horse battery staple"
NO_SUM = (PROBLEMS / "equivalent_two_ways/submissions/wrong/no_sum.py").read_text(encoding="utf-8")
RIGHT = (PROBLEMS / "equivalent_two_ways/reference.py").read_text(encoding="utf-8")
#: Milliseconds that a verdict may take on a machine with other things to do.
PATIENCE = 120_000


def sign_up(watched: Watched, name: str) -> None:
    """From the first page; nobody else of this service may have the name."""
    page = watched.page
    watched.open("/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("link", name="Sign up").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label(re.compile("password", re.IGNORECASE)).fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("banner")).to_contain_text(name)


def write(watched: Watched, source: str) -> None:
    """Replace what is in the editor, by keys."""
    editor = watched.page.locator(".cm-content")
    editor.focus()
    watched.page.keyboard.press("Control+a")
    watched.page.keyboard.insert_text(source)


def begin(watched: Watched, name: str, source: str) -> None:
    """Sign up, and have written a source that is not submitted yet."""
    sign_up(watched, name)
    watched.open(PROBLEM)
    write(watched, source)


def submit_signed_out(watched: Watched) -> Locator:
    """Submit after the session has ended; what asks to sign in again."""
    watched.page.context.clear_cookies()
    watched.page.keyboard.press("Control+Shift+Enter")
    again = watched.page.get_by_role("dialog")
    expect(again).to_be_visible(timeout=PATIENCE)
    return again


def solve(watched: Watched) -> None:
    """Submit per-example gradients, read what is said, mend it, and be accepted."""
    page, result = watched.page, watched.page.locator("#result")
    write(watched, NO_SUM)
    page.keyboard.press("Control+Shift+Enter")
    expect(result.locator(".pitfall")).to_be_visible(timeout=PATIENCE)
    expect(result.locator(".report-head")).to_contain_text("Wrong answer")
    write(watched, RIGHT)
    page.keyboard.press("Control+Shift+Enter")
    expect(result.locator(".report-head")).to_contain_text("Accepted", timeout=PATIENCE)


def test_a_newcomer_signs_up_errs_reads_mends_and_is_accepted(watched: Watched) -> None:
    """Learners could not do what all of this is for."""
    sign_up(watched, "Ada")
    watched.page.get_by_role("link", name="The same gradient, two ways").click()
    solve(watched)
    assert watched.page.evaluate("document.documentElement.scrollHeight <= window.innerHeight"), "the page scrolls"
    watched.open("/attempts")
    rows = watched.page.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Accepted")
    watched.open(PROBLEM)
    watched.page.get_by_role("button", name=re.compile("solution", re.IGNORECASE)).first.click()
    expect(watched.page.locator("#help")).to_contain_text("def equivalent_two_ways")


@pytest.mark.parametrize("watched", [360], indirect=True)
def test_a_phone_is_wide_enough(watched: Watched) -> None:
    """Whoever learns on a train would have to scroll sideways, or could not reach the editor."""
    sign_up(watched, "Grace")
    for path in ("/", PROBLEM, "/attempts", "/account"):
        watched.open(path)
        assert watched.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    watched.open(PROBLEM)
    watched.page.get_by_role("tab", name="Code").click()
    write(watched, RIGHT)
    watched.page.keyboard.press("Control+Shift+Enter")
    expect(watched.page.locator("#result .report-head")).to_contain_text("Accepted", timeout=PATIENCE)


def test_what_was_written_outlives_the_session(watched: Watched) -> None:
    """An hour of work would be gone because a session had ended."""
    begin(watched, "Emmy", RIGHT)
    again = submit_signed_out(watched)
    again.get_by_label("Password").fill(PASSWORD)
    again.get_by_role("button", name="Sign in").click()
    expect(watched.page.locator("#result .report-head")).to_contain_text("Accepted", timeout=PATIENCE)
    watched.complaints[:] = [each for each in watched.complaints if "401" not in each]  # the browser notes the refusal


def test_a_connection_that_is_cut_delays_and_loses_nothing(watched: Watched) -> None:
    """A submission from a train would be lost, or made twice."""
    begin(watched, "Sofja", RIGHT)
    watched.page.context.set_offline(True)
    watched.page.keyboard.press("Control+Shift+Enter")
    watched.page.wait_for_timeout(1500)
    watched.page.context.set_offline(False)
    expect(watched.page.locator("#result .report-head")).to_contain_text("Accepted", timeout=PATIENCE)
    watched.open("/attempts")
    expect(watched.page.locator("tbody tr")).to_have_count(1)
    watched.complaints[:] = [each for each in watched.complaints if "ERR_INTERNET_DISCONNECTED" not in each]


def test_whoever_signs_in_in_another_tab_goes_on_in_this_one(watched: Watched) -> None:
    """Where people sign in elsewhere, with a provider of their university, an ended session would cost their text."""
    begin(watched, "Cécile", RIGHT)
    again = submit_signed_out(watched)
    again.get_by_role("button", name="I have signed in there").click()
    expect(again.get_by_role("alert")).not_to_be_empty()  # not yet
    with watched.page.context.expect_page() as opened:
        again.get_by_role("link", name="Sign in another way, in a new tab").click()
    tab = opened.value
    tab.get_by_label("Name").fill("Cécile")
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("banner")).to_contain_text("Cécile")
    again.get_by_role("button", name="I have signed in there").click()
    expect(again).to_be_hidden()
    expect(watched.page.locator("#result .report-head")).to_contain_text("Accepted", timeout=PATIENCE)
    watched.complaints[:] = [each for each in watched.complaints if "401" not in each]


def test_without_a_stream_the_verdict_is_looked_for(watched: Watched) -> None:
    """Behind a proxy that holds back streams, a page would show that it judges for ever."""
    sign_up(watched, "Mary")
    watched.page.route("**/events", lambda route: route.abort())
    watched.open(PROBLEM)
    write(watched, RIGHT)
    watched.page.keyboard.press("Control+Shift+Enter")
    expect(watched.page.locator("#result .report-head")).to_contain_text("Accepted", timeout=PATIENCE)
    watched.complaints[:] = [each for each in watched.complaints if "ERR_FAILED" not in each]


def test_giving_up_opens_the_solution_and_leaves_the_text(watched: Watched) -> None:
    """Whoever is stuck would stay so, or lose what they had."""
    begin(watched, "Ruth", NO_SUM)
    given_up = watched.page.locator("#help .give-up")
    expect(watched.page.locator("#solution")).not_to_contain_text("def equivalent_two_ways")
    given_up.locator("summary").click()
    given_up.get_by_role("button").click()
    expect(watched.page.locator("#solution")).to_contain_text("def equivalent_two_ways", timeout=PATIENCE)
    expect(watched.page.locator("#solution")).to_contain_text("You gave this problem up")
    expect(watched.page.locator(".cm-content")).to_contain_text("jax.vmap")


@pytest.mark.parametrize(("name", "answered"), [("Wangari", True), ("Theano", False)])
def test_a_page_that_is_loaded_again_goes_on_with_what_it_sent(watched: Watched, name: str, answered: bool) -> None:
    """It would say that nothing was run, and whoever believes it submits once more."""
    page, result = watched.page, watched.page.locator("#result")
    begin(watched, name, "def equivalent_two_ways(w, x_batch):\n    return w.norm\n")
    if not answered:
        # The service has it, the page does not know.
        page.route("**/api/v1/attempts", lambda route: route.fetch() and None)
        with page.expect_request("**/api/v1/attempts"):
            page.keyboard.press("Control+Shift+Enter")
        page.wait_for_timeout(500)
        page.unroute_all(behavior="ignoreErrors")
    else:
        with page.expect_response("**/api/v1/attempts"):
            page.keyboard.press("Control+Shift+Enter")
    for _ in range(2):  # the second time it is judged already
        page.reload()
        expect(result.locator(".report-head")).to_contain_text("Fails when run", timeout=PATIENCE)
        expect(page.locator(".cm-lintRange-error")).to_have_count(1)
    write(watched, RIGHT)
    page.reload(wait_until="networkidle")
    expect(page.locator(".cm-content")).to_contain_text("vmap")
    expect(result.locator(".report-head")).to_have_count(0)  # it is about another text
    watched.open("/attempts")
    expect(page.locator("tbody tr")).to_have_count(1)
