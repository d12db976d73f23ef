"""Pages on webhooks: made, tried, disabled, given another secret, deleted."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.rights import Role
from app.audit import service as audit
from app.audit.service import Filter
from app.web.routes.admin import webhooks
from tests.web.desk import Browsers, read, send

PAGE = "/admin/webhooks"
FORM = {"url": "https://lms.example.edu/hook", "description": "Grades <b>", "events": ["attempt.finished"]}
SECRET = re.compile(r"whsec_[\w+/=]+")


@pytest.fixture
def root(browser_of: Browsers) -> TestClient:
    return browser_of("Root", Role.ADMIN)


def _make(browser: TestClient) -> str:
    answer = browser.post(PAGE, data=FORM)
    assert answer.status_code == 200, answer.text
    assert len(SECRET.findall(answer.text)) == 1
    found = re.search(rf'href="({PAGE}/[^"]+)"', answer.text)
    assert found is not None
    return found[1]


def test_a_secret_is_shown_to_whoever_had_it_made_and_once(root: TestClient) -> None:
    """Whoever looks at the list could sign messages as this service."""
    path = _make(root)
    assert "Grades &lt;b&gt;" in read(root, PAGE)
    assert not SECRET.search(read(root, PAGE) + read(root, path))
    answer = root.post(f"{path}/secret")
    assert len(SECRET.findall(answer.text)) == 1
    assert not SECRET.search(read(root, path))


def test_a_webhook_is_tried_disabled_and_deleted(app: FastAPI, root: TestClient) -> None:
    """An admin would need a terminal to stop messages to a service that is gone."""
    path = _make(root)
    assert "webhook.test" in send(root, f"{path}/test")
    assert "Nothing is sent to it any more." in send(root, f"{path}/disabled", {"disabled": "yes"})
    assert "Nothing was done." in send(root, f"{path}/test")
    assert "It is told again." in send(root, f"{path}/disabled", {"disabled": ""})
    assert "No webhooks" in send(root, f"{path}/delete")
    with app.state.service.database.read() as session:
        done = [entry.action for entry in audit.page(session, Filter(who="Root"), None, 20)]
    assert done == ["webhook.deleted", "webhook.changed", "webhook.changed", "webhook.made"]


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ({"url": "http://lms.example.edu/"}, "https://"),
        ({"url": "https://127.0.0.1/<b>"}, "Nothing is sent to 127.0.0.1"),
        ({"url": "nothing"}, "https://"),
        ({"events": []}, "at least one kind of event"),
        ({"events": ["unknown"]}, "at least one kind of event"),
    ],
)
def test_a_refusal_keeps_what_was_typed(root: TestClient, form: dict[str, object], why: str) -> None:
    """Whoever mistyped an address would begin anew."""
    answer = root.post(PAGE, data=FORM | form)
    assert answer.status_code == 422
    assert why in answer.text
    assert 'value="Grades &lt;b&gt;"' in answer.text
    assert "<b>" not in answer.text


def test_deliveries_are_listed_by_pages(root: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the latest could be seen."""
    monkeypatch.setattr(webhooks, "PAGE", 1)
    path = _make(root)
    send(root, f"{path}/test")
    text = send(root, f"{path}/test")
    following = re.search(r'rel="next" href="([^"]+)"', text)
    assert following is not None
    assert "webhook.test" in read(root, following[1])
