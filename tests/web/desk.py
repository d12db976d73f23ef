"""What tests of the pages for instructors and admins share."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from fastapi.testclient import TestClient

from app.accounts.dependency import COOKIE
from app.accounts.rights import Role

Browsers = Callable[[str, Role], TestClient]


def read(browser: TestClient, path: str, status: int = 200) -> str:
    """The text of a page."""
    answer = browser.get(path)
    assert answer.status_code == status, answer.text
    return answer.text


def send(browser: TestClient, path: str, form: Mapping[str, Any] | None = None) -> str:
    """Send a form; the text of the page that it leads to."""
    answer = browser.post(path, data=form or {})
    assert answer.status_code == 303, answer.text
    return read(browser, answer.headers["location"])


def settle(browser: TestClient, path: str, until: str) -> str:
    """The text of a page once it says ``until``, reloaded as somebody without scripts would."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        text = read(browser, path)
        if until in text:
            return text
        time.sleep(0.02)
    raise TimeoutError(f"{path} does not say {until!r}")


def submit(browser: TestClient, source: str, problem: str = "add_one") -> str:
    """Submit a source with a browser's session, and wait for its verdict; returns its id."""
    headers = {"Cookie": f"{COOKIE}={browser.cookies[COOKIE]}"}
    made = browser.post("/api/v1/attempts", json={"problem": problem, "source": source}, headers=headers)
    assert made.status_code == 202, made.text
    location = urlsplit(made.headers["location"]).path
    deadline = time.monotonic() + 60
    while browser.get(location).json()["state"] != "done":
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return str(made.json()["id"])
