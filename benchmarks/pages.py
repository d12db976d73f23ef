"""What the pages add to a verdict: ``make bench-pages``.

One service, one browser. In turns, because machines are noisy, a source is submitted over the API alone and followed by
its events until it is done, and the same source but for a constant is submitted on the problem's page by a click.
Measured within the page, in frames that were painted: from the click to the first visible sign, and to the visible
verdict; and what of the latter is left once the service has said that it is done. Aims: the sign within 150 ms, and the
verdict within 50 ms of the service's own latency. Against the API alone, the browser's work counts twice: it also takes
from the service the processor that both are on.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx2
from playwright.sync_api import Page, sync_playwright

from benchmarks.shared import PROBLEM, SOURCE
from tests.browser.conftest import FLAGS, PROBLEMS, program
from tests.browser.lived_in import Person, wait_served
from tests.faults.service import RealService

#: Turns before those that count: the first verdicts wait for what later ones find warm.
_WARMING = 3
_PATIENCE = 120_000

#: Notes, once the button is pressed, when what was asked for has been painted; ``window.seen`` has the milliseconds.
_WATCH = """() => {
  window.seen = {};
  const result = document.querySelector("#result");
  delete result.dataset.seen;
  let start = null;
  const note = (name) => {
    if (name in window.seen) return;
    window.seen[name] = null;
    // The frame after the next one's start has shown it.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      const now = performance.now();
      window.seen[name] = now - start;
      // A report is asked for as soon as the service has said that the attempt is done.
      const asked = performance.getEntriesByType("resource").findLast((entry) => entry.name.endsWith("/report"));
      if (name === "verdict") window.seen.after = now - asked.startTime;
      if (name === "verdict") result.dataset.seen = "";
    }));
  };
  const watcher = new MutationObserver(() => {
    if (result.querySelector(".progress-live")) note("sign");
    if (result.querySelector(".report-head")) {
      note("verdict");
      watcher.disconnect();
    }
  });
  document.querySelector("#submit").addEventListener("click", () => {
    start = performance.now();
    watcher.observe(result, { childList: true, subtree: true });
  }, { capture: true, once: true });
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=20)
    turns = parser.parse_args().turns
    with tempfile.TemporaryDirectory(prefix="allclose-bench-") as folder, sync_playwright() as playwright:
        service = RealService(Path(folder), {"ALLCLOSE_SIGN_UP": "open"}, [PROBLEMS / PROBLEM])
        service.start()
        try:
            wait_served(service, PROBLEM)
            browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            Person(service, "/api/v1/users", "Ada").enter(context)
            page = context.new_page()
            page.goto(f"{str(service.client.base_url).rstrip('/')}/problems/{PROBLEM}", wait_until="networkidle")
            measured = [_turn(service.client, page, number) for number in range(turns + _WARMING)][_WARMING:]
            browser.close()
        finally:
            service.stop()
    alone, signs, verdicts, after = zip(*measured, strict=True)
    print(f"{turns} turns, milliseconds")
    _tell("verdict over the API alone", alone)
    _tell("click to first visible sign", signs)
    _tell("click to visible verdict", verdicts)
    _tell("of that, after the service was done", after)
    _tell("the page's verdict less the API's, in one turn", [b - a for a, b in zip(alone, verdicts, strict=True)])
    print(f"difference of the medians: {statistics.median(verdicts) - statistics.median(alone):.0f}")


def _turn(client: httpx2.Client, page: Page, number: int) -> tuple[float, float, float, float]:
    """Milliseconds to a verdict over the API, to a sign on the page, to a verdict there, and its last part."""
    alone = _over_the_api(client, SOURCE.format(k=2 * number + 1))
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(SOURCE.format(k=2 * number + 2))
    page.evaluate("performance.clearResourceTimings()")
    page.evaluate(_WATCH)
    page.locator("#submit").click()
    page.locator("#result[data-seen]").wait_for(timeout=_PATIENCE)
    assert "Accepted" in page.locator("#result .report-head").inner_text()
    seen = page.evaluate("window.seen")
    return alone, seen["sign"], seen["verdict"], seen["after"]


def _over_the_api(client: httpx2.Client, source: str) -> float:
    start = time.perf_counter()
    answer = client.post("/api/v1/attempts", json={"problem": PROBLEM, "source": source})
    assert answer.status_code == 202, answer.text
    attempt = answer.headers["Location"]
    with client.stream("GET", f"{attempt}/events") as events:
        for line in events.iter_lines():
            if line.strip() == "event: done":
                break
    told = client.get(attempt).json()
    elapsed = (time.perf_counter() - start) * 1000
    assert told["verdict"] == "accepted", told
    return elapsed


def _tell(what: str, milliseconds: Sequence[float]) -> None:
    most = statistics.quantiles(milliseconds, n=20, method="inclusive")[-1]
    print(f"{what}: median {statistics.median(milliseconds):.0f}, 95 % within {most:.0f}")


if __name__ == "__main__":
    main()
