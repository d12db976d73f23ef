"""Pictures of every page, to look at and for the documentation: ``python -m tests.browser.shots [FOLDER] [NAME...]``.

Both themes at the width of a desk, and the light one at that of a phone.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import lived_in as life
from tests.browser.conftest import FLAGS, PROBLEMS, program
from tests.browser.lived_in import LivedIn
from tests.browser.visits import VISITS, Visit
from tests.faults.service import RealService

#: Of the course, so that the catalogue has something on every shelf.
_SERVED = ("batched_predict", "mean_batch_gradient", "per_example_gradients", "layer_norm", "low_precision_mean")
#: Width, theme, and what is written behind the page's name.
_LOOKS = ((1280, "light", "light"), (1280, "dark", "dark"), (360, "light", "phone"))
#: Where what is in the editor is submitted before the picture is taken.
_SUBMITTED = "problem-of-a-learner"
_HEIGHTS = {1280: 800, 360: 740}
_QUALITY = 82
#: Milliseconds that a verdict may take on a machine with other things to do.
_PATIENCE = 120_000


def main(folder: Path, names: set[str]) -> None:
    """Start a service, have people use it, and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="allclose-shots-") as place:
        problems = [PROBLEMS / slug for slug in (life.SLUG, *_SERVED)]
        service = RealService(Path(place), life.ENVIRONMENT, problems)
        shutil.copy(PROBLEMS / "tracks.toml", Path(place) / "problems")
        service.start()
        try:
            for problem in problems:
                life.wait_served(service, problem.name)
            take(life.prepare(service), folder, names)
        finally:
            service.stop()


def take(lived_in: LivedIn, folder: Path, names: set[str]) -> None:
    """Take the pictures of those pages, or of all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        for visit in VISITS:
            if not names or visit.name in names:
                for path in _take(browser, visit, lived_in, folder):
                    print(path)  # noqa: T201 - whoever runs it wants to know
        browser.close()


def _take(browser: Browser, visit: Visit, lived_in: LivedIn, folder: Path) -> Iterator[Path]:
    address = str(lived_in.service.client.base_url).rstrip("/") + visit.path(lived_in)
    for width, theme, look in _LOOKS:
        context = browser.new_context(
            viewport={"width": width, "height": _HEIGHTS[width]},
            color_scheme="dark" if theme == "dark" else "light",
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="UTC",
        )
        if visit.who is not None:
            lived_in.people[visit.who].enter(context)
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        if visit.name == _SUBMITTED:
            page.locator(".cm-content").focus()
            page.keyboard.press("Control+Shift+Enter")
            page.locator("#result .report-head").wait_for(timeout=_PATIENCE)
        path = folder / f"{visit.name}-{look}.webp"
        path.write_bytes(_picture(page, width))
        context.close()
        yield path


def _picture(page: Page, width: int) -> bytes:
    """The whole page as WebP, which Playwright itself does not write."""
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    asked = {"format": "webp", "quality": _QUALITY, "clip": clip, "captureBeyondViewport": True}
    return base64.b64decode(page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "shots"), set(sys.argv[2:]))
