"""Somebody without a mouse solves a problem: every step from the first page on is a key."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Watched
from tests.browser.lived_in import NO_SUM, PASSWORD, RIGHT
from tests.browser.test_newcomer import PATIENCE

#: Whether whoever looks sees what has the focus: it lies in the window, and has a ring or a caret.
_IS_SEEN = """(element) => {
  const box = element.getBoundingClientRect();
  const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth && box.width > 0;
  const ringed = [null, "::before", "::after"].some((part) => {
    const style = getComputedStyle(element, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  });
  return inside && (ringed || element.matches(".cm-content, .skip, .splitter"));
}"""


@dataclass
class Keyboard:
    """Nothing but keys."""

    page: Page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type a line, as on a keyboard."""
        self.page.keyboard.type(text)

    def paste(self, text: str) -> None:
        """Put a text in the place of what is in the editor, as from a clipboard."""
        self.press("Control+a")
        self.page.keyboard.insert_text(text)

    def go(self, target: Locator, most: int, key: str = "Tab") -> None:
        """Go on by one key until ``target`` has the focus, which has to be visible on the way.

        Args:
            target: where to.
            most: stops that it may take at most.
            key: which.
        """
        way = []
        for _ in range(most):
            self.press(key)
            focused = self.page.locator(":focus")
            if focused.count() == 0:
                way.append("nothing")
                continue
            way.append(str(focused.evaluate("(it) => it.outerHTML.slice(0, 80)")))
            assert focused.evaluate(_IS_SEEN), f"nobody sees that this has the focus: {way[-1]}"
            if target.evaluate("(it) => it === document.activeElement"):
                return
        raise AssertionError(f"not reached in {most} stops: {way}")

    def follow(self, name: str, most: int) -> None:
        """Go to the link of that name, and follow it."""
        self.go(self.page.get_by_role("link", name=name), most)
        self.press("Enter")


def test_a_problem_is_solved_without_a_mouse(watched: Watched) -> None:
    """Whoever cannot use a mouse could not learn here, or would be stuck half-way."""
    watched.open("/")
    page, keys = watched.page, Keyboard(watched.page)
    editor, result = page.locator(".cm-content"), page.locator("#result")
    keys.follow("Sign in", most=6)
    expect(page.get_by_label("Name")).to_be_focused()
    keys.follow("Sign up", most=5)
    _sign_up(page, keys)
    keys.follow("Skip to the content", most=1)
    keys.follow("The same gradient, two ways", most=8)
    expect(page.get_by_role("heading", level=1)).to_have_text("The same gradient, two ways")
    keys.follow("Skip to the editor", most=2)
    expect(editor).to_be_focused()
    keys.press("End", "Tab")
    expect(editor).to_be_focused()  # there it indents
    keys.press("Escape")
    keys.go(page.locator("#own-input > summary"), most=1)
    keys.go(editor, most=1, key="Shift+Tab")
    keys.paste(NO_SUM)
    keys.press("Escape")
    keys.go(page.get_by_role("button", name="Submit"), most=3, key="Shift+Tab")
    keys.press("Enter")
    expect(result.locator(".pitfall")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("button", name="Submit")).to_be_focused()
    keys.go(editor, most=3)
    keys.paste(RIGHT)
    keys.press("Control+Shift+Enter")
    expect(result.locator(".report-head")).to_contain_text("Accepted", timeout=PATIENCE)
    expect(editor).to_be_focused()
    _open_solution(page, keys)
    _open_history(page, keys)


def _sign_up(page: Page, keys: Keyboard) -> None:
    expect(page.get_by_label("Name")).to_be_focused()
    keys.write("Hopper")
    keys.press("Tab")
    keys.write(PASSWORD)
    keys.press("Tab")
    keys.go(page.get_by_role("button", name="Sign up"), most=1)
    keys.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Hopper")


def _open_solution(page: Page, keys: Keyboard) -> None:
    """From the editor to the solution, which opens below the statement."""
    keys.press("Escape")
    keys.go(page.get_by_role("button", name="Show the solution"), most=8, key="Shift+Tab")
    keys.press("Enter")
    solution = page.locator("#solution")
    expect(solution).to_contain_text("def equivalent_two_ways")
    expect(solution).to_be_focused()


def _open_history(page: Page, keys: Keyboard) -> None:
    """From there to what was submitted, and to the first of it."""
    keys.follow("Your attempts at this problem", most=8)
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Accepted")
    keys.follow("Skip to the content", most=1)
    keys.go(rows.first.get_by_role("link"), most=5)
    keys.press("Enter")
    expect(page.locator(".report-head")).to_contain_text("Accepted")
